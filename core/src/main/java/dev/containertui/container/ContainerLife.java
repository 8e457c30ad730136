package dev.containertui.container;

import dev.containertui.container.ContainerState.Failed;
import dev.containertui.container.ContainerState.Paused;
import dev.containertui.container.ContainerState.Restarting;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.container.ContainerState.Starting;
import dev.containertui.container.ContainerState.Stopping;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.vm.BootTimeline;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A container's life in this process: its runs, one after the other, and the waits between those
 * that its restart policy asks for.
 *
 * <pre>
 *   begin ─▶ {@link ContainerRun} ─▶ over ─▶ remove (--rm)
 *     ▲                               ├───▶ Exited, Failed
 *     └──── wait ◀── Restarting ◀─────┘
 * </pre>
 */
final class ContainerLife {
  private final RecordKeeper keeper;
  private final Surroundings around;
  private final Ownership ownership;
  private final RunLog log;
  private final RunHealth health;
  private final RestartSchedule schedule = new RestartSchedule();
  private final RestartWait wait;

  private volatile ContainerRun run;
  private volatile RunningMachine machine;
  private volatile MainProcess process;
  private volatile TimelineRecorder timeline;
  private volatile OutputCapture capture;
  private volatile StopIntent intent = StopIntent.NONE;
  private volatile long exits;
  private volatile int lastExit = -1;

  ContainerLife(RecordKeeper keeper, Surroundings around) {
    this.keeper = keeper;
    this.around = around;
    this.ownership = new Ownership(keeper, around);
    this.log = new RunLog(keeper, around.store());
    this.health = new RunHealth(keeper, this::happened);
    this.wait = new RestartWait(keeper, () -> begin(true));
  }

  RecordKeeper keeper() {
    return keeper;
  }

  Surroundings around() {
    return around;
  }

  Ownership ownership() {
    return ownership;
  }

  RunLog log() {
    return log;
  }

  RunHealth health() {
    return health;
  }

  ContainerRun run() {
    return run;
  }

  RunningMachine machine() {
    return machine;
  }

  MainProcess process() {
    return process;
  }

  OutputCapture capture() {
    return capture;
  }

  TimelineRecorder timeline() {
    return timeline;
  }

  StopIntent intent() {
    return intent;
  }

  /** How the present run is to end. */
  void intend(StopIntent how) {
    intent = how;
  }

  /** How many runs have ended here. */
  long exits() {
    return exits;
  }

  /** How the last one ended; -1 if its machine failed. */
  int lastExit() {
    return exits == 0 ? keeper.get().exitCode() : lastExit;
  }

  /** Whether nothing of it runs, or is about to. */
  boolean isAtRest() {
    return run == null && !keeper.get().state().isActive();
  }

  /** As the record, and with the first output's mark while that may still come. */
  BootTimeline bootTimeline() {
    TimelineRecorder recorder = timeline;
    if (recorder == null) {
      return keeper.get().bootTimeline();
    }
    RunningMachine running = machine;
    if (running != null) {
      running.main().firstOutputNanoTime().ifPresent(at -> recorder.markOnceAt("output", at));
    }
    return recorder.timeline();
  }

  ContainerProcess start() {
    ContainerRun begun =
        keeper.locked(
            () -> {
              requireStartable();
              wait.cancel();
              schedule.reset();
              return begin(false);
            });
    return begun.awaitStart();
  }

  private void requireStartable() {
    ownership.requireMine();
    ContainerState state = keeper.get().state();
    if (run != null || !Transitions.allowed(state, new Starting(Instant.now()))) {
      throw ownership.conflict("is " + state.word() + " already", "");
    }
    if (ownership.take()) {
      // Its log may be longer than this process knows.
      log.close();
    }
  }

  private ContainerRun begin(boolean byPolicy) {
    ContainerState from = keeper.get().state();
    ContainerRecord record =
        keeper.change(
            current ->
                current
                    .entering(new Starting(Instant.now()))
                    .with(current.facts().starting(around.supervising(), byPolicy, from)));
    TimelineRecorder recorder = new TimelineRecorder();
    timeline = recorder;
    MachineStart start =
        new MachineStart(
            record,
            around.supplies(),
            around.claims(),
            around.store().upperDisk(record.id()),
            recorder,
            new PortPublication(record, around.store(), around.supplies().publishAddress()));
    return launch(start::run, new RunSteps(this, true, byPolicy), StopIntent.NONE);
  }

  /** Takes up what an engine before this one left running. */
  void takeUp() {
    keeper.locked(
        () -> {
          ownership.take();
          if (keeper.get().state() instanceof Restarting) {
            wait.begin(RestartSchedule.FIRST);
          } else {
            boolean stopped = keeper.get().facts().stoppedByUser();
            launch(
                new MachineAdoption(keeper, around, log.open()),
                new RunSteps(this, false, true),
                stopped ? StopIntent.STOP : StopIntent.NONE);
          }
          return null;
        });
  }

  private ContainerRun launch(ContainerRun.Source source, RunSteps steps, StopIntent how) {
    intent = how;
    run = new ContainerRun(keeper.get().shortId(), source, steps);
    run.begin();
    keeper.signal();
    return run;
  }

  /** The main process runs; called locked. */
  void entered(RunningMachine started, MainProcess main, OutputCapture carried) {
    machine = started;
    process = main;
    capture = carried;
    keeper.signal();
  }

  /** A run is over: all that follows, in the order in which it is told. */
  void settle(RunOutcome.Run ended) {
    around.claims().release(keeper.get().id());
    RunOutcome outcome = RunOutcome.of(ended, keeper.get(), schedule, Instant.now());
    keeper.change(current -> RunRecords.ended(current, bootTimeline(), ended, outcome));
    if (!outcome.removed()) {
      keeper.persistQuietly();
    }
    try {
      if (ended.begun()) {
        happened("die", Map.of("exitCode", Integer.toString(outcome.reportedCode())));
      }
      if (outcome.removed()) {
        removeAtEnd();
      }
    } finally {
      keeper.locked(
          () -> {
            forgetRun();
            if (ended.begun()) {
              lastExit = outcome.exitCode();
              exits++;
            }
            goOn(outcome);
            keeper.signal();
            return null;
          });
    }
    keeper.persistQuietly();
  }

  /** The next run, or none. */
  private void goOn(RunOutcome outcome) {
    boolean waits = outcome.restartAfter().isPresent();
    if (waits && intent == StopIntent.NONE && !ownership.isLetGo()) {
      wait.begin(outcome.restartAfter().get());
      return;
    }
    if (waits && !ownership.isLetGo() && keeper.get().state() instanceof Restarting restarting) {
      // It was stopped in the very moment in which it ended.
      keeper.enter(RunOutcome.stopped(restarting, Instant.now()));
    }
    ownership.giveUp();
  }

  private void removeAtEnd() {
    if (intent != StopIntent.REMOVE) {
      log.awaitReaders();
    }
    if (process != null && !keeper.get().supervised()) {
      // Its reader may be about to come; an engine's clients are attached.
      process.keepUnread();
    }
    if (keeper.remove()) {
      happened("destroy", Map.of());
      AnonymousVolumes.remove(keeper.get(), around);
    }
    log.close();
  }

  /** The run goes on without this process. */
  void left() {
    // An interrupt may have cut the last write short.
    keeper.persistQuietly();
    log.close();
    keeper.locked(
        () -> {
          forgetRun();
          ownership.giveUp();
          keeper.signal();
          return null;
        });
  }

  private void forgetRun() {
    run = null;
    machine = null;
    timeline = null;
    capture = null;
  }

  /** Ends the wait for a restart, if there is one; whether there was. */
  boolean stopWaiting() {
    boolean waited =
        keeper.locked(
            () -> {
              if (!wait.isUnderWay() || !(keeper.get().state() instanceof Restarting restarting)) {
                return false;
              }
              wait.cancel();
              keeper.enter(RunOutcome.stopped(restarting, Instant.now()));
              ownership.giveUp();
              return true;
            });
    if (waited) {
      keeper.persistQuietly();
    }
    return waited;
  }

  /** Leaves its machine to another engine. */
  void letGo() {
    ContainerRun current =
        keeper.locked(
            () -> {
              ownership.letGo();
              wait.cancel();
              if (run == null) {
                ownership.giveUp();
              }
              return run;
            });
    if (current != null) {
      OutputCapture carried = capture;
      if (carried != null) {
        carried.hurry();
      }
      current.letGo(this::machine);
      current.awaitEndQuietly();
    }
    log.close();
    keeper.signal();
  }

  /** The connection is lost: the reason is the container's, once that is known. */
  EngineException explain(EngineException lost) {
    ContainerRun current = run;
    try {
      if (current != null) {
        current.awaitEnd(ContainerStop.END_DEADLINE);
      }
      if (keeper.get().state() instanceof Failed failed) {
        return new EngineException(
            Kind.UNAVAILABLE,
            "container " + keeper.get().name() + " failed: " + failed.reason(),
            lost);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return lost;
  }

  /**
   * @throws EngineException CONFLICT if it does not run here
   */
  RunningMachine requireMachine() {
    ownership.requireMine();
    ContainerState state = keeper.get().state();
    RunningMachine running = machine;
    if (running != null
        && (state instanceof Running || state instanceof Paused || state instanceof Stopping)) {
      return running;
    }
    throw ownership.conflict("is not running: it is " + state.word(), "");
  }

  /** Tells of something; with the labels and the image, as Docker does. */
  void happened(String action, Map<String, String> more) {
    ContainerRecord record = keeper.get();
    Map<String, String> attributes = new HashMap<>(record.spec().labels());
    attributes.put("image", record.imageReference());
    attributes.put("name", record.name());
    attributes.putAll(more);
    around.events().happened(action, record.id(), record.name(), attributes);
  }
}
