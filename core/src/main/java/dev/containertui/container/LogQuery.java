package dev.containertui.container;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which part of a container's output is wanted.
 *
 * @param out standard output, or all output of a terminal
 * @param err standard error
 * @param follow whether to go on with what comes, until the main process has ended
 * @param since nothing before
 * @param until nothing from then on
 * @param tail only so many last lines of what is there
 */
public record LogQuery(
    boolean out,
    boolean err,
    boolean follow,
    Optional<Instant> since,
    Optional<Instant> until,
    OptionalLong tail) {
  /** All that there is, and no more. */
  public static LogQuery everything() {
    return new LogQuery(
        true, true, false, Optional.empty(), Optional.empty(), OptionalLong.empty());
  }
}
