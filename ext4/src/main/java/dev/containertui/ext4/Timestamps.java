package dev.containertui.ext4;

import java.time.Instant;

/**
 * Times as ext4 keeps them: 32 signed bits of seconds, 2 bits that count further epochs of 2³²
 * seconds, 30 bits of nanoseconds.
 */
final class Timestamps {
  private static final long MIN_SECONDS = Integer.MIN_VALUE;

  /**
   * 2310-04-04. The format goes on to 2446, but old kernels wrote times before 1970 in a way that
   * looks like 2310 to 2378, and e2fsck takes such times for those.
   */
  private static final long MAX_SECONDS = MIN_SECONDS + (3L << 32) - 1;

  private Timestamps() {}

  static long clamp(Instant time) {
    return Math.clamp(time.getEpochSecond(), MIN_SECONDS, MAX_SECONDS);
  }

  /** The "extra" word: nanoseconds and epoch. */
  static int extra(Instant time) {
    long seconds = clamp(time);
    int nanos = seconds == time.getEpochSecond() ? time.getNano() : 0;
    long epoch = ((seconds - (int) seconds) >>> 32) & 3;
    return (int) (((long) nanos << 2) | epoch);
  }

  static Instant decode(int seconds, int extra) {
    int nanos = extra >>> 2;
    // 30 bits hold more than a second's worth; a stranger's image may use them.
    return Instant.ofEpochSecond(seconds + ((long) (extra & 3) << 32), nanos);
  }
}
