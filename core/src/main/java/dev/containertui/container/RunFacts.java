package dev.containertui.container;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What has become of a container so far, besides its state.
 *
 * @param supervised whether it belongs to the engine that holds the state directory, rather than to
 *     the process that started it
 * @param startedAt when its main process was last started
 * @param finishedAt when it last ended
 * @param restartCount how often its policy has started it, since somebody last did
 * @param stoppedByUser whether somebody stopped it, since when its policy leaves it alone
 * @param exitCode of the main process of the last run, known before its machine is turned off
 * @param health of the last run, if it is checked
 * @param connections how many engines have talked to its present machine
 * @param before what it was before the start that is under way
 */
record RunFacts(
    boolean supervised,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    int restartCount,
    boolean stoppedByUser,
    OptionalInt exitCode,
    Optional<Health> health,
    int connections,
    Optional<ContainerState> before) {

  /** Of a container that has just been made. */
  static RunFacts none(boolean supervised) {
    return new RunFacts(
        supervised,
        Optional.empty(),
        Optional.empty(),
        0,
        false,
        OptionalInt.empty(),
        Optional.empty(),
        0,
        Optional.empty());
  }

  /**
   * A start begins.
   *
   * @param byPolicy whether by the restart policy; else somebody asked for it
   */
  RunFacts starting(boolean nowSupervised, boolean byPolicy, ContainerState from) {
    return changed(
        draft -> {
          draft.supervised = nowSupervised;
          draft.restartCount = byPolicy ? restartCount + 1 : 0;
          draft.stoppedByUser = false;
          draft.exitCode = OptionalInt.empty();
          draft.health = Optional.empty();
          draft.connections = 1;
          draft.before = Optional.of(from);
        });
  }

  /** The main process runs. */
  RunFacts started(Instant at) {
    return changed(
        draft -> {
          draft.startedAt = Optional.of(at);
          draft.before = Optional.empty();
        });
  }

  /** The main process has ended; its machine has not. */
  RunFacts exited(int code) {
    return changed(draft -> draft.exitCode = OptionalInt.of(code));
  }

  /** It is all over. */
  RunFacts finished(Instant at) {
    return changed(
        draft -> {
          draft.finishedAt = Optional.of(at);
          draft.before = Optional.empty();
        });
  }

  /** The start that was under way has been given up. */
  RunFacts neverBegun() {
    return changed(draft -> draft.before = Optional.empty());
  }

  RunFacts stoppedByUser(boolean stopped) {
    return changed(draft -> draft.stoppedByUser = stopped);
  }

  RunFacts with(Optional<Health> newHealth) {
    return changed(draft -> draft.health = newHealth);
  }

  /** One more engine talks to the machine. */
  RunFacts connectedAgain() {
    return changed(draft -> draft.connections++);
  }

  private RunFacts changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.facts();
  }

  /** A copy to be changed: one place that knows all parts. */
  private static final class Draft {
    boolean supervised;
    Optional<Instant> startedAt;
    Optional<Instant> finishedAt;
    int restartCount;
    boolean stoppedByUser;
    OptionalInt exitCode;
    Optional<Health> health;
    int connections;
    Optional<ContainerState> before;

    Draft(RunFacts facts) {
      supervised = facts.supervised;
      startedAt = facts.startedAt;
      finishedAt = facts.finishedAt;
      restartCount = facts.restartCount;
      stoppedByUser = facts.stoppedByUser;
      exitCode = facts.exitCode;
      health = facts.health;
      connections = facts.connections;
      before = facts.before;
    }

    RunFacts facts() {
      return new RunFacts(
          supervised,
          startedAt,
          finishedAt,
          restartCount,
          stoppedByUser,
          exitCode,
          health,
          connections,
          before);
    }
  }
}
