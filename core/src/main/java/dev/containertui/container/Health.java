package dev.containertui.container;

import java.time.Instant;
import java.util.List;

/**
 * What the checks of a container's health have found.
 *
 * @param failingStreak failures in a row until now
 * @param log the last checks, at most five, oldest first
 */
public record Health(Status status, int failingStreak, List<Check> log) {
  public Health {
    log = List.copyOf(log);
  }

  /** As Docker calls them. */
  public enum Status {
    STARTING,
    HEALTHY,
    UNHEALTHY
  }

  /**
   * One check.
   *
   * @param exitCode of its command; -1 if it could not be run or took too long
   * @param output the first 4096 bytes that it wrote
   */
  public record Check(Instant start, Instant end, int exitCode, String output) {}
}
