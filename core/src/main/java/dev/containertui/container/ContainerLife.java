package dev.containertui.container;

import dev.containertui.container.ContainerRun.End;
import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.ContainerState.Failed;
import dev.containertui.container.ContainerState.Paused;
import dev.containertui.container.ContainerState.Restarting;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.container.ContainerState.Starting;
import dev.containertui.container.ContainerState.Stopping;
import dev.containertui.container.log.OutputLog;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.OwnerLock;
import dev.containertui.vm.BootTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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
  /** Readers that are attached get so long to read the end, before the log is removed. */
  private static final Duration LAST_READ = Duration.ofSeconds(10);

  private final RecordKeeper keeper;
  private final Surroundings around;
  private final RestartSchedule schedule = new RestartSchedule();
  private final RunHealth health;

  /** How the present run is to end; kept by what asks for it, reset by the next one. */
  enum Intent {
    /** As it comes, and as its policy wants. */
    NONE,
    /** It is stopped, and its policy does not count. */
    STOP,
    /** It is stopped to be started at once. */
    RESTART,
    /** It is stopped to be removed, so nobody is waited for. */
    REMOVE
  }

  private volatile ContainerRun run;
  private volatile RunningMachine machine;
  private volatile MainProcess process;
  private volatile TimelineRecorder timeline;
  private volatile OutputCapture capture;
  private volatile Intent intent = Intent.NONE;
  private volatile boolean letGo;
  private OutputLog log;
  private OwnerLock owner;
  private Thread waiting;
  private boolean byPolicy;
  private boolean ran;
  private volatile long exits;
  private volatile int lastExit = -1;

  ContainerLife(RecordKeeper keeper, Surroundings around) {
    this.keeper = keeper;
    this.around = around;
    this.health = new RunHealth(keeper, this::happened);
  }

  RecordKeeper keeper() {
    return keeper;
  }

  Surroundings around() {
    return around;
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

  ContainerRun run() {
    return run;
  }

  RunHealth health() {
    return health;
  }

  /** How many runs have ended here. */
  long exits() {
    return exits;
  }

  /** How the last one ended; -1 if its machine failed. */
  int lastExit() {
    return exits == 0 ? keeper.get().exitCode() : lastExit;
  }

  boolean isLetGo() {
    return letGo;
  }

  /** Whether it belongs to this process now, from a start to its end. */
  boolean isLive() {
    return keeper.locked(() -> owner != null);
  }

  /** Whether nothing of it runs, or is about to. */
  boolean isAtRest() {
    return run == null && !keeper.get().state().isActive();
  }

  /** Its log, for writing; opened when it is first needed. */
  OutputLog log() {
    return keeper.locked(
        () -> {
          if (log == null) {
            log =
                OutputLog.open(
                    around.store().log(keeper.get().id()), keeper.get().spec().logOptions());
          }
          return log;
        });
  }

  // --- starts

  ContainerProcess start() {
    ContainerRun begun =
        keeper.locked(
            () -> {
              requireStartable();
              cancelWait();
              schedule.reset();
              return begin(false);
            });
    return begun.awaitStart();
  }

  private void requireStartable() {
    requireMine();
    ContainerState state = keeper.get().state();
    if (run != null || !Transitions.allowed(state, new Starting(Instant.now()))) {
      throw conflict("is " + state.word() + " already", "");
    }
    if (owner == null) {
      own();
    }
  }

  private void own() {
    OwnerLock taken = takeAtRest();
    Optional<ContainerRecord> written =
        around.supervising() && keeper.get().supervised() ? Optional.empty() : keeper.onDisk();
    if (written.isPresent() && written.get().state().isActive()) {
      taken.close();
      throw conflict("was started by another process", "");
    }
    if (written.isPresent() && !written.get().equals(keeper.get())) {
      // Another process has had it meanwhile, and may have written to its log.
      keeper.adopt(written.get());
      closeLog();
    }
    owner = taken;
  }

  /** The lock of a container that nobody else has. */
  OwnerLock takeAtRest() {
    return OwnerLock.tryTake(around.store().ownerLock(keeper.get().id()))
        .orElseThrow(() -> conflict("is being started by another process", ""));
  }

  private ContainerRun begin(boolean nowByPolicy) {
    byPolicy = nowByPolicy;
    intent = Intent.NONE;
    ContainerState from = keeper.get().state();
    ContainerRecord record =
        keeper.change(
            current ->
                current
                    .entering(new Starting(Instant.now()))
                    .with(current.facts().starting(around.supervising(), nowByPolicy, from)));
    TimelineRecorder recorder = new TimelineRecorder();
    timeline = recorder;
    MachineStart start =
        new MachineStart(
            record, around.supplies(), around.store().upperDisk(record.id()), recorder);
    return launch(start::run, true);
  }

  /** Takes up what an engine before this one left running. */
  void takeUp() {
    keeper.locked(
        () -> {
          owner = takeAtRest();
          byPolicy = true;
          timeline = null;
          if (keeper.get().state() instanceof Restarting) {
            await(RestartSchedule.FIRST);
          } else {
            intent = keeper.get().facts().stoppedByUser() ? Intent.STOP : Intent.NONE;
            launch(new MachineAdoption(keeper, around, log()), false);
          }
          return null;
        });
  }

  private ContainerRun launch(ContainerRun.Source source, boolean fresh) {
    ran = false;
    run = new ContainerRun(keeper.get().shortId(), source, new Steps(fresh));
    run.begin();
    keeper.signal();
    return run;
  }

  /** What happens on the run's thread. */
  private final class Steps implements ContainerRun.Listener {
    private final boolean fresh;

    /**
     * @param fresh whether the main process is started; else it is taken up
     */
    Steps(boolean fresh) {
      this.fresh = fresh;
    }

    @Override
    public void booting() {
      keeper.persistSoon();
      if (process != null) {
        process.retire();
      }
      log().beginRun();
      health.prepare(around.supplies());
    }

    @Override
    public MainProcess running(RunningMachine started) {
      OutputLog output = log();
      if (!fresh) {
        health.prepare(around.supplies());
      }
      MainProcess main = keeper.locked(() -> take(started, output));
      if (fresh) {
        happened("start", Map.of());
      }
      return main;
    }

    private MainProcess take(RunningMachine started, OutputLog output) {
      Instant now = Instant.now();
      ran = true;
      keeper.change(current -> fresh ? begun(current, started, now) : found(current, started));
      machine = started;
      process =
          new MainProcess(
              keeper.get().shortId(),
              started.main(),
              keeper.get().facts().startedAt().orElse(now),
              ContainerLife.this::explain,
              output);
      capture = OutputCapture.begin(keeper.get().shortId(), started.main(), output);
      keeper.note(health::noted);
      keeper.signal();
      return process;
    }

    private ContainerRecord begun(ContainerRecord current, RunningMachine started, Instant now) {
      return current
          .with(started.description(), timeline.timeline())
          .entering(new Running(now, started.vm().pid()))
          .with(current.facts().started(now));
    }

    private ContainerRecord found(ContainerRecord current, RunningMachine started) {
      Instant since =
          current.state() instanceof Starting ? started.vm().startedAt() : current.state().at();
      ContainerRecord with = current.with(started.description(), current.bootTimeline());
      long pid = started.vm().pid();
      return switch (current.state()) {
        case Starting _ ->
            with.entering(new Running(since, pid)).with(current.facts().started(since));
        case Running _ -> started.frozen() ? with.entering(new Paused(since, pid)) : with;
        case Paused _ -> started.frozen() ? with : with.entering(new Running(since, pid));
        default -> with;
      };
    }

    @Override
    public void settled() {
      keeper.persistQuietly();
      health.begin(machine);
      if (!fresh && keeper.get().state() instanceof Stopping) {
        Thread.ofVirtual().start(() -> ContainerStop.goOn(ContainerLife.this));
      }
    }

    @Override
    public boolean exited(int code) throws InterruptedException {
      health.end();
      capture.await();
      if (code == 128 + LinuxSignal.KILL && intent == Intent.NONE && machine.ranOutOfMemory()) {
        happened("oom", Map.of());
      }
      endLog();
      boolean keep = !goesAtItsEnd();
      keeper.note(facts -> facts.exited(code));
      if (keep && keeper.get().supervised()) {
        // After the power-off nobody could find out any more.
        keeper.persistQuietly();
      }
      return keep;
    }

    @Override
    public void over(End end) {
      health.end();
      leaveCapture(end);
      if (end instanceof End.LetGo || end instanceof End.NeverBegun && letGo) {
        left(end);
      } else {
        endLog();
        ended(end);
      }
    }
  }

  private void leaveCapture(End end) {
    OutputCapture current = capture;
    if (current == null) {
      return;
    }
    if (end instanceof End.LetGo) {
      current.cancel();
    } else {
      current.hurry();
    }
    current.awaitQuietly();
  }

  private void endLog() {
    try {
      if (log().isOpenRun()) {
        log().endRun();
      }
    } catch (EngineException e) {
      // The disk does not take it; the next engine ends it.
    }
  }

  // --- ends

  private boolean goesAtItsEnd() {
    return keeper.get().spec().removeOnExit() && intent != Intent.RESTART;
  }

  private void ended(End end) {
    Instant now = Instant.now();
    ContainerRecord before = keeper.get();
    boolean removed = goesAtItsEnd() && !(end instanceof End.NeverBegun);
    int code = end instanceof End.Exited(int exited) ? exited : -1;
    Optional<Duration> delay = removed ? Optional.empty() : nextStart(end, code, now);
    ContainerState state =
        delay.isPresent() && !(end instanceof End.NeverBegun)
            ? new Restarting(now, code)
            : last(end, before, now);
    keeper.change(
        current -> withTimeline(current).entering(state).with(finished(current, end, now)));
    if (!removed) {
      keeper.persistQuietly();
    }
    if (!(end instanceof End.NeverBegun)) {
      happened("die", Map.of("exitCode", Integer.toString(dockerCode(end, code))));
    }
    try {
      if (removed) {
        removeAtEnd();
      }
    } finally {
      keeper.locked(
          () -> {
            forgetRun();
            if (!(end instanceof End.NeverBegun)) {
              lastExit = code;
              exits++;
            }
            delay.ifPresentOrElse(this::await, this::disown);
            keeper.signal();
            return null;
          });
    }
  }

  private static RunFacts finished(ContainerRecord current, End end, Instant now) {
    return end instanceof End.NeverBegun
        ? current.facts().neverBegun()
        : current.facts().finished(now);
  }

  private ContainerRecord withTimeline(ContainerRecord current) {
    return current.machine().map(known -> current.with(known, bootTimeline())).orElse(current);
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

  private static ContainerState last(End end, ContainerRecord before, Instant now) {
    return switch (end) {
      case End.Exited(int code) -> new Exited(now, code);
      case End.Failed(EngineException why) -> new Failed(now, why.getMessage());
      case End.Cancelled _ -> new Failed(now, "it was cancelled while it started");
      case End.NeverBegun _ -> before.facts().before().orElseThrow();
      case End.LetGo _ -> throw new IllegalStateException("it goes on");
    };
  }

  /** When it is started again by its policy; empty if it is not. */
  private Optional<Duration> nextStart(End end, int code, Instant now) {
    ContainerRecord record = keeper.get();
    if (end instanceof End.NeverBegun) {
      return record.facts().before().filter(Restarting.class::isInstance).map(_ -> Duration.ZERO);
    }
    boolean hopeless =
        intent != Intent.NONE
            || end instanceof End.Cancelled
            || end instanceof End.Failed(EngineException why)
                && !ran
                && (!byPolicy || isHopeless(why.kind()));
    Duration length =
        ran
            ? record.facts().startedAt().map(at -> Duration.between(at, now)).orElse(Duration.ZERO)
            : Duration.ZERO;
    return hopeless
        ? Optional.empty()
        : schedule.next(record.spec().restartPolicy(), record.facts().restartCount(), code, length);
  }

  /** Whether the next start would fail as this one did. */
  private static boolean isHopeless(Kind kind) {
    return switch (kind) {
      case COMMAND_NOT_FOUND, NOT_EXECUTABLE, INVALID, NOT_FOUND, CORRUPT -> true;
      default -> false;
    };
  }

  /** As Docker reports a start that failed. */
  private static int dockerCode(End end, int code) {
    if (!(end instanceof End.Failed(EngineException why))) {
      return end instanceof End.Exited ? code : 128 + LinuxSignal.KILL;
    }
    return switch (why.kind()) {
      case COMMAND_NOT_FOUND -> 127;
      case NOT_EXECUTABLE -> 126;
      default -> 128 + LinuxSignal.KILL;
    };
  }

  private void removeAtEnd() {
    try {
      if (intent != Intent.REMOVE) {
        log().awaitDetached(LAST_READ);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (process != null) {
      process.keepUnread();
    }
    if (keeper.remove()) {
      happened("destroy", Map.of());
    }
    closeLog();
  }

  void closeLog() {
    keeper.locked(
        () -> {
          if (log != null) {
            log.close();
            log = null;
          }
          return null;
        });
  }

  /** The run goes on without this process, or will be begun by another one. */
  private void left(End end) {
    if (end instanceof End.NeverBegun) {
      endLog();
      Instant now = Instant.now();
      keeper.change(
          current -> current.entering(last(end, current, now)).with(finished(current, end, now)));
    }
    // The interrupt that ended the run may have cut the last write short.
    keeper.persistQuietly();
    closeLog();
    keeper.locked(
        () -> {
          forgetRun();
          disown();
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

  private void disown() {
    if (owner != null) {
      owner.close();
      owner = null;
    }
  }

  // --- the wait for a restart

  private void await(Duration delay) {
    if (letGo) {
      disown();
      return;
    }
    waiting =
        Thread.ofVirtual()
            .name("restart-" + keeper.get().shortId())
            .start(
                () -> {
                  try {
                    Thread.sleep(delay);
                    keeper.locked(this::restartIfStillWanted);
                  } catch (InterruptedException e) {
                    // Somebody has stopped it, or started it.
                  }
                });
  }

  private ContainerRun restartIfStillWanted() {
    if (waiting != Thread.currentThread()) {
      return null;
    }
    waiting = null;
    return begin(true);
  }

  private void cancelWait() {
    if (waiting != null) {
      waiting.interrupt();
      waiting = null;
    }
  }

  /** Ends the wait for a restart, if there is one; whether there was. */
  boolean stopWaiting() {
    boolean waited =
        keeper.locked(
            () -> {
              if (waiting == null || !(keeper.get().state() instanceof Restarting restarting)) {
                return false;
              }
              cancelWait();
              Instant now = Instant.now();
              keeper.enter(
                  restarting.exitCode() >= 0
                      ? new Exited(now, restarting.exitCode())
                      : new Failed(now, "its machine failed, and it was stopped after that"));
              disown();
              return true;
            });
    if (waited) {
      keeper.persistQuietly();
    }
    return waited;
  }

  // --- what is asked of it from outside

  /** How the present run is to end. */
  void intend(Intent how) {
    intent = how;
  }

  /** Leaves its machine to another engine. */
  void letGo() {
    ContainerRun current =
        keeper.locked(
            () -> {
              letGo = true;
              cancelWait();
              if (run == null) {
                disown();
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

  void requirePresent() {
    if (keeper.isRemoved()) {
      throw new EngineException(
          Kind.NOT_FOUND, "container " + keeper.get().name() + " has been removed");
    }
  }

  /** Whether only another engine may do anything with it. */
  boolean isForeign() {
    ContainerRecord record = keeper.get();
    boolean runsElsewhere = record.state().isActive() && !isLive();
    return around.supervising()
        ? !record.supervised() && runsElsewhere
        : record.supervised() || runsElsewhere;
  }

  /** Whether another process may change its record. */
  boolean isWrittenElsewhere() {
    return !isLive() && !(around.supervising() && keeper.get().supervised());
  }

  /** Takes over what another process has written. */
  void refresh(ContainerRecord written) {
    keeper.locked(
        () -> {
          if (isWrittenElsewhere() && !keeper.isRemoved()) {
            keeper.adopt(written);
          }
          return null;
        });
  }

  void requireMine() {
    requirePresent();
    if (letGo) {
      throw new EngineException(
          Kind.UNAVAILABLE, "the engine has let go of container " + keeper.get().name());
    }
    if (isForeign()) {
      throw conflict("belongs to another running container-tui", "do it there");
    }
  }

  /**
   * @throws EngineException CONFLICT if it does not run here
   */
  RunningMachine requireMachine() {
    requireMine();
    ContainerState state = keeper.get().state();
    RunningMachine running = machine;
    if (running != null
        && (state instanceof Running || state instanceof Paused || state instanceof Stopping)) {
      return running;
    }
    throw conflict("is not running: it is " + state.word(), "");
  }

  EngineException conflict(String what, String hint) {
    return new EngineException(
        Kind.CONFLICT, "container " + keeper.get().name() + " " + what, hint);
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
