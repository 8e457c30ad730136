package dev.containertui.container;

import dev.containertui.container.ContainerRun.End;
import dev.containertui.container.ContainerState.Stopping;
import dev.containertui.container.log.OutputLog;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** What happens on a run's thread, from the start of its machine to all that follows its end. */
final class RunSteps implements ContainerRun.Listener {
  private static final Duration DISK_DEADLINE = Duration.ofSeconds(5);

  /** A volume outlives the container: what its page cache holds must not be lost. */
  private static final Duration VOLUMES_DEADLINE = Duration.ofSeconds(30);

  private final ContainerLife life;
  private final RecordKeeper keeper;
  private final boolean fresh;
  private final boolean byPolicy;
  private FutureTask<Void> prepared;
  private boolean ran;

  /**
   * @param fresh whether the main process is started; else it is taken up
   */
  RunSteps(ContainerLife life, boolean fresh, boolean byPolicy) {
    this.life = life;
    this.keeper = life.keeper();
    this.fresh = fresh;
    this.byPolicy = byPolicy;
  }

  @Override
  public void booting() {
    if (prepared != null) {
      // A clone has failed, and the machine boots now.
      return;
    }
    keeper.persistSoon();
    prepared = new FutureTask<>(this::prepare, null);
    Thread.ofVirtual().name("prepare-" + keeper.get().shortId()).start(prepared);
  }

  /** What the machine need not wait for. */
  private void prepare() {
    if (fresh) {
      MainProcess before = life.process();
      if (before != null) {
        before.retire();
      }
      life.log().open().beginRun();
    }
    life.health().prepare(life.around().supplies());
  }

  private void awaitPreparation() {
    try {
      prepared.get();
    } catch (InterruptedException e) {
      throw new EngineException(Kind.CANCELLED, "the start was cancelled", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof EngineException known
          ? new EngineException(known.kind(), known.getMessage(), known.hint(), known)
          : new EngineException(Kind.INTERNAL, "the start failed: " + e.getCause(), e);
    }
  }

  @Override
  public MainProcess running(RunningMachine started) {
    if (fresh) {
      awaitPreparation();
    } else {
      prepare();
    }
    OutputLog output = life.log().open();
    MainProcess main = keeper.locked(() -> take(started, output));
    if (fresh) {
      life.happened("start", Map.of());
    }
    return main;
  }

  private MainProcess take(RunningMachine started, OutputLog output) {
    Instant now = Instant.now();
    ran = true;
    keeper.change(
        current ->
            fresh
                ? RunRecords.begun(current, started, life.timeline().timeline(), now)
                : RunRecords.found(current, started));
    String name = keeper.get().shortId();
    MainProcess main =
        new MainProcess(
            name,
            started.main(),
            keeper.get().facts().startedAt().orElse(now),
            life::explain,
            output);
    life.entered(started, main, OutputCapture.begin(name, started.main(), output));
    keeper.note(life.health()::noted);
    return main;
  }

  @Override
  public void settled() {
    keeper.persistQuietly();
    life.health().begin(life.machine());
    if (!fresh && keeper.get().state() instanceof Stopping) {
      Thread.ofVirtual().start(() -> ContainerStop.goOn(life));
    }
  }

  @Override
  public Duration exited(int code) throws InterruptedException {
    life.health().end();
    life.capture().await();
    boolean killed = code == 128 + LinuxSignal.KILL && life.intent() == StopIntent.NONE;
    if (killed && life.machine().ranOutOfMemory()) {
      life.happened("oom", Map.of());
    }
    life.log().endRun();
    boolean kept = !RunOutcome.isRemoved(keeper.get(), life.intent());
    keeper.note(facts -> facts.exited(code));
    if (kept && keeper.get().supervised()) {
      // After the power-off nobody could find out any more.
      keeper.persistQuietly();
    }
    if (!MountPlan.volumes(keeper.get().spec().mounts()).isEmpty()) {
      return VOLUMES_DEADLINE;
    }
    return kept ? DISK_DEADLINE : Duration.ZERO;
  }

  @Override
  public void over(End end) {
    if (prepared != null && !ran) {
      awaitQuietly(prepared);
    }
    life.health().end();
    leaveCapture(end);
    if (end instanceof End.LetGo) {
      life.left();
      return;
    }
    life.log().endRun();
    RunOutcome.Run ended = new RunOutcome.Run(end, life.intent(), ran, byPolicy);
    life.settle(ended);
  }

  private static void awaitQuietly(FutureTask<Void> task) {
    boolean interrupted = false;
    while (!task.isDone()) {
      try {
        task.get();
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        // The start has failed anyway.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void leaveCapture(End end) {
    OutputCapture current = life.capture();
    if (current != null) {
      if (end instanceof End.LetGo) {
        current.cancel();
      } else {
        current.hurry();
      }
      current.awaitQuietly();
    }
  }
}
