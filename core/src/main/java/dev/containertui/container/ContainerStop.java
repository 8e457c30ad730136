package dev.containertui.container;

import dev.containertui.container.ContainerState.Paused;
import dev.containertui.container.ContainerState.Restarting;
import dev.containertui.container.ContainerState.Running;
import dev.containertui.container.ContainerState.Stopping;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Ends a container's run, or its wait for the next one: signal, SIGKILL, power-off, the end of the
 * machine's process. Each step has a deadline, so it always ends.
 */
final class ContainerStop {
  /** Shutdown and kill have deadlines of their own, which add up to less. */
  static final Duration END_DEADLINE = Duration.ofSeconds(40);

  private final ContainerLife life;
  private final RecordKeeper keeper;

  ContainerStop(ContainerLife life) {
    this.life = life;
    this.keeper = life.keeper();
  }

  /**
   * @param byUser whether its policy is to leave it alone from now on
   * @return whether there was anything to end
   * @throws EngineException CONFLICT if it runs in another engine; CANCELLED
   */
  boolean stop(Duration grace, StopIntent intent, boolean byUser) {
    ContainerRun current = begin(intent, byUser);
    while (current == null) {
      if (life.stopWaiting()) {
        return true;
      } else if (life.isAtRest()) {
        return false;
      }
      // Its wait was over before it could be ended.
      current = begin(intent, byUser);
    }
    RunningMachine running = life.machine();
    if (running == null && !current.cancelStart()) {
      running = life.machine();
    }
    try {
      if (running != null) {
        int signal = intent == StopIntent.REMOVE ? LinuxSignal.KILL : running.plan().stopSignal();
        stop(running, signal, grace);
      }
      if (!current.awaitEnd(END_DEADLINE)) {
        throw new EngineException(
            Kind.TIMEOUT,
            "container " + keeper.get().name() + " did not end, although it was turned off");
      }
    } catch (InterruptedException e) {
      giveUp();
      Thread.currentThread().interrupt();
      throw new EngineException(
          Kind.CANCELLED, "the stop of container " + keeper.get().name() + " was cancelled", e);
    }
    return true;
  }

  /** The run that is to be stopped; null if there is none. */
  private ContainerRun begin(StopIntent intent, boolean byUser) {
    return keeper.locked(
        () -> {
          boolean active = keeper.get().state().isActive() || life.run() != null;
          if (!active) {
            return null;
          }
          life.ownership().requireMine();
          if (byUser) {
            keeper.note(facts -> facts.stoppedByUser(true));
          }
          if (life.run() != null) {
            life.intend(intent);
          }
          return life.run();
        });
  }

  private void stop(RunningMachine running, int signal, Duration grace)
      throws InterruptedException {
    boolean paused = enter();
    running.stop(
        signal,
        grace,
        new RunningMachine.StopSteps() {
          @Override
          public void signalled(int number) {
            life.happened("kill", Map.of("signal", Integer.toString(number)));
          }

          @Override
          public void thaw() {
            if (paused) {
              ContainerStop.this.thaw(running);
            }
          }

          @Override
          public void hurry() {
            OutputCapture capture = life.capture();
            if (capture != null) {
              capture.hurry();
            }
          }
        });
  }

  /** Whether it was paused. */
  private boolean enter() {
    boolean paused =
        keeper.locked(
            () -> {
              ContainerState state = keeper.get().state();
              if (state instanceof Running || state instanceof Paused) {
                keeper.enter(new Stopping(Instant.now()));
              }
              return state instanceof Paused;
            });
    keeper.persistSoon();
    return paused;
  }

  private void thaw(RunningMachine running) {
    try {
      running.freeze(false);
      life.happened("unpause", Map.of());
    } catch (EngineException e) {
      // SIGKILL comes next, for which processes need not run.
    }
  }

  /** Somebody does not want to wait for the stop any longer. */
  private void giveUp() {
    keeper.locked(
        () -> {
          if (keeper.get().state() instanceof Stopping && life.machine() != null) {
            keeper.enter(new Running(Instant.now(), life.machine().vm().pid()));
          }
          return null;
        });
    keeper.persistSoon();
  }

  /** Goes on with a stop that an engine before this one began. */
  static void goOn(ContainerLife life) {
    ContainerStop stop = new ContainerStop(life);
    try {
      boolean byUser = stop.keeper.get().facts().stoppedByUser();
      StopIntent intent = byUser ? StopIntent.STOP : StopIntent.NONE;
      if (stop.stop(stop.keeper.get().spec().stopTimeout(), intent, byUser) && byUser) {
        life.happened("stop", Map.of());
      }
    } catch (EngineException e) {
      // Nobody is there to hear of it; the container says how it is.
    }
  }

  /**
   * Sends a signal to the main process. One that is meant to end it ends the policy's say, too.
   *
   * @throws EngineException CONFLICT if it does not run here
   */
  void kill(int signal) {
    if (signal == LinuxSignal.KILL && keeper.get().state() instanceof Restarting) {
      life.ownership().requireMine();
      keeper.note(facts -> facts.stoppedByUser(true));
      life.stopWaiting();
      return;
    }
    RunningMachine running = life.requireMachine();
    if (signal == LinuxSignal.KILL || signal == running.plan().stopSignal()) {
      keeper.locked(
          () -> {
            if (life.machine() == running) {
              life.intend(StopIntent.STOP);
              keeper.note(facts -> facts.stoppedByUser(true));
            }
            return null;
          });
      keeper.persistSoon();
    }
    running.signal(signal);
    life.happened("kill", Map.of("signal", Integer.toString(signal)));
  }
}
