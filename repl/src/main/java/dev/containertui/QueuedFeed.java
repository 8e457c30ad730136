package dev.containertui;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A feed that other threads fill. */
abstract class QueuedFeed<T> extends Feed<T> {
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<T> queue = new ArrayDeque<>();
  private boolean ended;
  private boolean closed;
  private EngineException failure;

  QueuedFeed(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Adds one.
   *
   * @param wait whether to wait for room; else the feed fails if there is none
   * @return false if nobody wants it any more
   */
  final boolean add(T element, boolean wait) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (wait && queue.size() >= capacity && !closed) {
        changed.await();
      }
      if (closed || ended) {
        return false;
      }
      if (queue.size() >= capacity) {
        fail(
            new EngineException(
                Kind.EXHAUSTED,
                this + ": more than " + capacity + " have come that nobody has read",
                "read them as they come, or choose fewer with filter(…)"));
        return false;
      }
      queue.add(element);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** No more will come. */
  final void end() {
    fail(null);
  }

  /** No more will come, and why. */
  final void fail(EngineException why) {
    lock.lock();
    try {
      ended = true;
      failure = failure == null ? why : failure;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what nobody has read yet. */
  final void clear() {
    lock.lock();
    try {
      queue.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  final Optional<T> await(Optional<Duration> limit) {
    try {
      lock.lockInterruptibly();
      try {
        long left = limit.map(Duration::toNanos).orElse(Long.MAX_VALUE);
        while (queue.isEmpty() && !ended && !closed && left > 0) {
          left = changed.awaitNanos(left);
        }
        if (queue.isEmpty() && failure != null && !closed) {
          throw new EngineException(failure.kind(), failure.getMessage(), failure.hint(), failure);
        }
        Optional<T> next = closed ? Optional.empty() : Optional.ofNullable(queue.poll());
        changed.signalAll();
        return next;
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "the wait for " + this + " was cancelled");
    }
  }

  @Override
  public final void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    release();
  }

  /** Lets go of what fills it. */
  abstract void release();
}
