package dev.containertui.tui.vt;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Synchronised output (DEC mode 2026): while a guest draws, what was there before stays to be seen;
 * but never longer than {@link #LIMIT}, whatever the guest does.
 */
final class Synchronization {
  static final Duration LIMIT = Duration.ofMillis(250);

  private final LongSupplier nanoTime;
  private TerminalView frozen;
  private long begun;

  Synchronization(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Begins; again while it lasts changes nothing, so that it cannot be drawn out. */
  void begin(Supplier<TerminalView> present) {
    if (frozen() == null) {
      frozen = present.get();
      begun = nanoTime.getAsLong();
    }
  }

  void end() {
    frozen = null;
  }

  /** What is to be seen meanwhile, or null: the present. */
  TerminalView frozen() {
    if (frozen != null && remaining().isZero()) {
      frozen = null;
    }
    return frozen;
  }

  /** How long the picture may stay as it is; zero if it is not frozen. */
  Duration remaining() {
    long left = frozen == null ? 0 : LIMIT.toNanos() - (nanoTime.getAsLong() - begun);
    return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
  }
}
