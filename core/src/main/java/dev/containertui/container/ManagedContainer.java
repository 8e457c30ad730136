package dev.containertui.container;

import dev.containertui.agent.GuestProcess;
import dev.containertui.agent.GuestProcessHandle;
import dev.containertui.container.ContainerState.Created;
import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.ContainerState.Failed;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.container.ContainerState.Starting;
import dev.containertui.container.ContainerState.Stopping;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.OwnerLock;
import dev.containertui.vm.BootTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A container: its record, and while it runs in this process its machine. One that runs in another
 * process can be looked at here, nothing more.
 */
final class ManagedContainer implements Container {
  /** Shutdown and kill have deadlines of their own, which add up to less. */
  private static final Duration END_DEADLINE = Duration.ofSeconds(30);

  private static final long FOREIGN_POLL_NANOS = 200_000_000L;

  private final ContainerStore store;
  private final ContainerSupplies supplies;
  private final ContainerEvents events;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private volatile ContainerRecord record;
  private volatile RunningMachine machine;
  private volatile ContainerProcess process;
  private volatile TimelineRecorder timeline;
  private ContainerLife life;
  private OwnerLock owner;
  private boolean removed;

  ManagedContainer(
      ContainerRecord record,
      ContainerStore store,
      ContainerSupplies supplies,
      ContainerEvents events) {
    this.record = record;
    this.store = store;
    this.supplies = supplies;
    this.events = events;
  }

  @Override
  public String id() {
    return record.id();
  }

  @Override
  public String name() {
    return record.name();
  }

  @Override
  public ContainerSpec spec() {
    return record.spec();
  }

  @Override
  public Instant createdAt() {
    return record.createdAt();
  }

  @Override
  public String imageDigest() {
    return record.imageDigest();
  }

  @Override
  public List<String> command() {
    return record.command();
  }

  @Override
  public ContainerState state() {
    return record.state();
  }

  @Override
  public Optional<String> address() {
    return record.state() instanceof Running
        ? record.machine().flatMap(ContainerRecord.Machine::address)
        : Optional.empty();
  }

  @Override
  public Optional<ContainerProcess> process() {
    return Optional.ofNullable(process);
  }

  /** As the record, and with the first output's mark while that may still come. */
  @Override
  public BootTimeline bootTimeline() {
    TimelineRecorder recorder = timeline;
    if (recorder == null) {
      return record.bootTimeline();
    }
    RunningMachine running = machine;
    if (running != null) {
      running.main().firstOutputNanoTime().ifPresent(at -> recorder.markOnceAt("output", at));
    }
    return recorder.timeline();
  }

  ContainerRecord record() {
    BootTimeline timelineNow = bootTimeline();
    ContainerRecord current = record;
    return current
        .machine()
        .map(description -> current.with(description, timelineNow))
        .orElse(current);
  }

  /** Whether it lives in this process, from its start to its end. */
  boolean isLive() {
    return locked(() -> life != null && !isOver());
  }

  /** Takes over what another process has written. */
  void refresh(ContainerRecord written) {
    locked(
        () -> {
          if (life == null && !removed) {
            record = written;
            changed.signalAll();
          }
          return null;
        });
  }

  @Override
  public ContainerProcess start() {
    ContainerLife newLife =
        locked(
            () -> {
              requireStartable();
              timeline = new TimelineRecorder();
              record = record.with(new Starting(Instant.now()));
              MachineStart start =
                  new MachineStart(record, supplies, store.upperDisk(id()), timeline);
              life = new ContainerLife(record.shortId(), start, new Life());
              life.begin();
              changed.signalAll();
              return life;
            });
    return newLife.awaitStart();
  }

  private void requireStartable() {
    requirePresent();
    if (!(record.state() instanceof Created)) {
      throw conflict("has been started before", "make a new one: container-tui run");
    }
    owner =
        OwnerLock.tryTake(store.ownerLock(id()))
            .orElseThrow(() -> conflict("is being started by another process", ""));
    Optional<ContainerRecord> written = store.load(id());
    if (written.isEmpty() || !(written.get().state() instanceof Created)) {
      written.ifPresent(newer -> record = newer);
      owner.close();
      throw conflict("has been started before", "make a new one: container-tui run");
    }
  }

  /** What happens on the life's thread. */
  private final class Life implements ContainerLife.Listener {
    private final DeferredSave early = new DeferredSave(store);

    @Override
    public void booting() {
      early.begin(record);
    }

    @Override
    public ContainerProcess running(RunningMachine started) {
      return locked(
          () -> {
            machine = started;
            process = processOf(started.main());
            record =
                record
                    .with(started.description(), timeline.timeline())
                    .with(new Running(Instant.now(), started.vm().pid()));
            changed.signalAll();
            return process;
          });
    }

    @Override
    public void settled() {
      happened("start");
      early.await();
      store.save(record);
    }

    @Override
    public void over(ContainerState state) {
      ContainerRecord last = record().with(state);
      early.await();
      try {
        if (last.spec().removeOnExit()) {
          store.remove(id());
        } else {
          store.save(last);
        }
      } finally {
        locked(
            () -> {
              record = last;
              machine = null;
              timeline = null;
              removed = last.spec().removeOnExit();
              owner.close();
              changed.signalAll();
              return null;
            });
        happened("die");
        if (last.spec().removeOnExit()) {
          happened("destroy");
        }
      }
    }
  }

  private ContainerProcess processOf(GuestProcessHandle handle) {
    return new GuestContainerProcess(record.shortId(), handle, this::explain);
  }

  /** The connection is lost: the reason is the container's, once that is known. */
  private EngineException explain(EngineException lost) {
    try {
      if (life.awaitEnd(END_DEADLINE) && record.state() instanceof Failed failed) {
        return new EngineException(
            Kind.UNAVAILABLE, "container " + name() + " failed: " + failed.reason(), lost);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return lost;
  }

  @Override
  public ContainerProcess exec(ProcessSpec spec) {
    ContainerProcess started = processOf(requireRunning().exec(spec));
    happened("exec");
    return started;
  }

  @Override
  public ContainerStats stats() {
    return requireRunning().sample();
  }

  @Override
  public List<GuestProcess> processes() {
    return requireRunning().processes();
  }

  @Override
  public void kill(int signalNumber) {
    requireRunning().signal(signalNumber);
  }

  private RunningMachine requireRunning() {
    ContainerState state = record.state();
    RunningMachine running = machine;
    if (running != null && (state instanceof Running || state instanceof Stopping)) {
      return running;
    }
    requirePresent();
    throw state instanceof Running || state instanceof Stopping
        ? foreign()
        : conflict("is not running: it is " + state.word(), "");
  }

  @Override
  public void stop(Duration grace) {
    ContainerLife current;
    RunningMachine running;
    lock.lock();
    try {
      if (isOver() || record.state() instanceof Created) {
        return;
      }
      if (life == null) {
        throw foreign();
      }
      current = life;
      running = machine;
    } finally {
      lock.unlock();
    }
    try {
      if (running == null) {
        current.cancelStart();
      } else {
        enter(new Stopping(Instant.now()));
        running.stop(grace);
      }
      if (!current.awaitEnd(END_DEADLINE)) {
        throw new EngineException(
            Kind.TIMEOUT, "container " + name() + " did not end, although it was turned off");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(
          Kind.CANCELLED, "the stop of container " + name() + " was cancelled", e);
    }
    happened("stop");
  }

  private void enter(Stopping state) {
    locked(
        () -> {
          if (!isOver()) {
            record = record.with(state);
            changed.signalAll();
          }
          return null;
        });
  }

  @Override
  public ContainerState awaitEnd() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (life == null && !isOver()) {
        changed.awaitNanos(FOREIGN_POLL_NANOS);
        if (life == null) {
          store.load(id()).ifPresent(written -> record = written);
        }
      }
    } finally {
      lock.unlock();
    }
    if (life != null) {
      life.awaitEnd();
    }
    return record.state();
  }

  @Override
  public void remove(boolean force) {
    requirePresent();
    if (!isOver() && !(record.state() instanceof Created)) {
      if (!force) {
        throw conflict("is " + record.state().word(), "stop it first, or force its removal");
      }
      stop(Duration.ZERO);
    }
    if (!locked(() -> removed)) {
      store.remove(id());
      locked(() -> removed = true);
      happened("destroy");
    }
  }

  boolean isRemoved() {
    return locked(() -> removed);
  }

  private boolean isOver() {
    return record.state() instanceof Exited || record.state() instanceof Failed;
  }

  private void requirePresent() {
    if (isRemoved()) {
      throw new EngineException(Kind.NOT_FOUND, "container " + name() + " has been removed");
    }
  }

  private EngineException foreign() {
    return conflict("belongs to another running container-tui", "do it there");
  }

  private EngineException conflict(String what, String hint) {
    return new EngineException(Kind.CONFLICT, "container " + name() + " " + what, hint);
  }

  private void happened(String action) {
    events.happened(action, id(), name());
  }

  private <T> T locked(Supplier<T> step) {
    lock.lock();
    try {
      return step.get();
    } finally {
      lock.unlock();
    }
  }
}
