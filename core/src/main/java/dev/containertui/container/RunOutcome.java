package dev.containertui.container;

import dev.containertui.container.ContainerRun.End;
import dev.containertui.container.ContainerState.Exited;
import dev.containertui.container.ContainerState.Failed;
import dev.containertui.container.ContainerState.Restarting;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What follows from the end of a run.
 *
 * @param state that the container enters
 * @param restartAfter when it is started again
 * @param removed whether it is removed
 * @param exitCode of the main process; -1 if its machine failed
 * @param reportedCode the same as Docker reports it, which has no -1
 */
record RunOutcome(
    ContainerState state,
    Optional<Duration> restartAfter,
    boolean removed,
    int exitCode,
    int reportedCode) {
  private static final int KILLED = 128 + LinuxSignal.KILL;

  /**
   * A run that is over.
   *
   * @param intent what had been asked for
   * @param ran whether the main process was up
   * @param byPolicy whether the policy had started it, or an engine before this one
   */
  record Run(End end, StopIntent intent, boolean ran, boolean byPolicy) {
    /** Whether there was a run at all: else the container is what it was before. */
    boolean begun() {
      return !(end instanceof End.NeverBegun);
    }
  }

  /**
   * @param record as it was when the run ended
   * @param schedule is asked if the container may be started again
   */
  static RunOutcome of(Run run, ContainerRecord record, RestartSchedule schedule, Instant now) {
    if (!run.begun()) {
      ContainerState before = record.facts().before().orElseThrow();
      return new RunOutcome(
          before,
          before instanceof Restarting ? Optional.of(RestartSchedule.FIRST) : Optional.empty(),
          false,
          -1,
          KILLED);
    }
    int code = run.end() instanceof End.Exited(int exited) ? exited : -1;
    boolean removed = isRemoved(record, run.intent());
    Optional<Duration> restartAfter =
        removed || isFinal(run)
            ? Optional.empty()
            : schedule.next(
                record.spec().restartPolicy(),
                record.facts().restartCount(),
                code,
                length(run, record, now));
    ContainerState state =
        restartAfter.isPresent() ? new Restarting(now, code) : last(run.end(), now);
    return new RunOutcome(state, restartAfter, removed, code, reported(run.end(), code));
  }

  /** Whether a container goes when a run of it ends. */
  static boolean isRemoved(ContainerRecord record, StopIntent intent) {
    return record.spec().removeOnExit() && intent != StopIntent.RESTART;
  }

  /** What becomes of a container that is stopped while it waits for its next run. */
  static ContainerState stopped(Restarting waiting, Instant now) {
    return waiting.exitCode() >= 0
        ? new Exited(now, waiting.exitCode())
        : new Failed(now, "its machine failed, and it was stopped after that");
  }

  private static boolean isFinal(Run run) {
    return run.intent() != StopIntent.NONE
        || run.end() instanceof End.Cancelled
        || run.end() instanceof End.Failed(EngineException why)
            && !run.ran()
            && (!run.byPolicy() || isHopeless(why.kind()));
  }

  /** Whether the next start would fail as this one did. */
  private static boolean isHopeless(Kind kind) {
    return switch (kind) {
      case COMMAND_NOT_FOUND, NOT_EXECUTABLE, INVALID, NOT_FOUND, CORRUPT -> true;
      default -> false;
    };
  }

  private static Duration length(Run run, ContainerRecord record, Instant now) {
    return run.ran()
        ? record.facts().startedAt().map(at -> Duration.between(at, now)).orElse(Duration.ZERO)
        : Duration.ZERO;
  }

  private static ContainerState last(End end, Instant now) {
    return switch (end) {
      case End.Exited(int code) -> new Exited(now, code);
      case End.Failed(EngineException why) -> new Failed(now, why.getMessage());
      case End.Cancelled _ -> new Failed(now, "it was cancelled while it started");
      case End.NeverBegun _, End.LetGo _ -> throw new IllegalStateException("no end: " + end);
    };
  }

  private static int reported(End end, int code) {
    return switch (end) {
      case End.Exited _ -> code;
      case End.Failed(EngineException why) ->
          switch (why.kind()) {
            case COMMAND_NOT_FOUND -> 127;
            case NOT_EXECUTABLE -> 126;
            default -> KILLED;
          };
      default -> KILLED;
    };
  }
}
