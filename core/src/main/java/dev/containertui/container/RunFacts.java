package dev.containertui.container;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

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
    return new RunFacts(
        nowSupervised,
        startedAt,
        finishedAt,
        byPolicy ? restartCount + 1 : 0,
        false,
        OptionalInt.empty(),
        Optional.empty(),
        1,
        Optional.of(from));
  }

  /** The main process runs. */
  RunFacts started(Instant at) {
    return new RunFacts(
        supervised,
        Optional.of(at),
        finishedAt,
        restartCount,
        stoppedByUser,
        exitCode,
        health,
        connections,
        Optional.empty());
  }

  /** The main process has ended; its machine has not. */
  RunFacts exited(int code) {
    return new RunFacts(
        supervised,
        startedAt,
        finishedAt,
        restartCount,
        stoppedByUser,
        OptionalInt.of(code),
        health,
        connections,
        before);
  }

  /** It is all over. */
  RunFacts finished(Instant at) {
    return new RunFacts(
        supervised,
        startedAt,
        Optional.of(at),
        restartCount,
        stoppedByUser,
        exitCode,
        health,
        connections,
        Optional.empty());
  }

  /** The start that was under way has been given up. */
  RunFacts neverBegun() {
    return new RunFacts(
        supervised,
        startedAt,
        finishedAt,
        restartCount,
        stoppedByUser,
        exitCode,
        health,
        connections,
        Optional.empty());
  }

  RunFacts stoppedByUser(boolean stopped) {
    return new RunFacts(
        supervised,
        startedAt,
        finishedAt,
        restartCount,
        stopped,
        exitCode,
        health,
        connections,
        before);
  }

  RunFacts with(Optional<Health> newHealth) {
    return new RunFacts(
        supervised,
        startedAt,
        finishedAt,
        restartCount,
        stoppedByUser,
        exitCode,
        newHealth,
        connections,
        before);
  }

  /** One more engine talks to the machine. */
  RunFacts connectedAgain() {
    return new RunFacts(
        supervised,
        startedAt,
        finishedAt,
        restartCount,
        stoppedByUser,
        exitCode,
        health,
        connections + 1,
        before);
  }
}
