package dev.containertui.container;

import dev.containertui.container.ContainerState.Paused;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.error.EngineException;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A container's record in memory and its way to the disk. Who changes it decides when it is
 * written; what is written is always the newest, however many write at a time.
 */
final class RecordKeeper {
  private final ContainerStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Held while the disk is written to; never taken by who holds {@link #lock}. */
  private final ReentrantLock disk = new ReentrantLock();

  private volatile ContainerRecord record;
  private volatile ContainerRecord written;
  private volatile boolean removed;

  /** Whether a pause is none to the disk, and so to the next engine. */
  private volatile boolean pausedBriefly;

  /**
   * @param record as it is on the disk
   */
  RecordKeeper(ContainerRecord record, ContainerStore store) {
    this.record = record;
    this.written = record;
    this.store = store;
  }

  ContainerRecord get() {
    return record;
  }

  boolean isRemoved() {
    return removed;
  }

  /** Does something that nobody else's step comes in between of. */
  <T> T locked(Supplier<T> step) {
    lock.lock();
    try {
      return step.get();
    } finally {
      lock.unlock();
    }
  }

  ContainerRecord change(UnaryOperator<ContainerRecord> change) {
    return locked(
        () -> {
          record = change.apply(record);
          changed.signalAll();
          return record;
        });
  }

  ContainerRecord enter(ContainerState state) {
    return change(current -> current.entering(state));
  }

  ContainerRecord note(UnaryOperator<RunFacts> change) {
    return change(current -> current.with(change.apply(current.facts())));
  }

  /** Wakes who waits for something that is no part of the record. */
  void signal() {
    locked(
        () -> {
          changed.signalAll();
          return null;
        });
  }

  /** Waits until something is so; it is asked again after each change. */
  void await(Predicate<ContainerRecord> condition) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!condition.test(record)) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The same, at most for so long; whether it is so. */
  boolean await(Predicate<ContainerRecord> condition, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (!condition.test(record)) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes the record, if it has changed.
   *
   * @throws EngineException if the disk does not take it
   */
  void persist() {
    disk.lock();
    try {
      ContainerRecord newest = record;
      if (!removed && newest != written) {
        store.save(pausedBriefly ? unpaused(newest) : newest);
        written = newest;
      }
    } finally {
      disk.unlock();
    }
  }

  private static ContainerRecord unpaused(ContainerRecord record) {
    return record.state() instanceof Paused paused
        ? record.entering(new Running(paused.at(), paused.machinePid()))
        : record;
  }

  /** Says of the next pause whether it is to be forgotten with this process. */
  void pausesBriefly(boolean briefly) {
    pausedBriefly = briefly;
  }

  /** The same without anybody waiting: a clone is up before that is done. */
  void persistSoon() {
    Thread.ofVirtual().name("record").start(this::persistQuietly);
  }

  /** What the disk does not take now the next record says, or the next engine puts right. */
  void persistQuietly() {
    try {
      persist();
    } catch (EngineException e) {
      // As said above.
    }
  }

  /** Takes over what another process has written. */
  void adopt(ContainerRecord theirs) {
    change(
        _ -> {
          written = theirs;
          return theirs;
        });
  }

  /**
   * Gives it another name, on the disk too.
   *
   * @throws EngineException CONFLICT if that is taken
   */
  void rename(String name) {
    disk.lock();
    try {
      store.rename(record.id(), name, () -> store.save(record.named(name)));
      change(current -> current.named(name));
      persistQuietly();
    } finally {
      disk.unlock();
    }
  }

  /** Removes it from the disk; false if it had been removed. */
  boolean remove() {
    disk.lock();
    try {
      if (removed) {
        return false;
      }
      store.remove(record.id());
      removed = true;
    } finally {
      disk.unlock();
    }
    signal();
    return true;
  }

  /** Somebody else has removed it. */
  void gone() {
    removed = true;
    signal();
  }

  /** The record on the disk; empty if there is none. */
  Optional<ContainerRecord> onDisk() {
    return store.load(record.id());
  }
}
