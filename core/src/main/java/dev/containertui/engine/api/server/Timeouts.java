package dev.containertui.engine.api.server;

import java.time.Duration;

/** How long a stop waits, as clients say it. */
final class Timeouts {
  /** What Docker calls "no timeout". */
  private static final Duration LONGEST = Duration.ofDays(365);

  private Timeouts() {}

  /** Seconds; less than 0: as long as it takes. */
  static Duration ofSeconds(long seconds) {
    return seconds < 0 || seconds > LONGEST.toSeconds() ? LONGEST : Duration.ofSeconds(seconds);
  }
}
