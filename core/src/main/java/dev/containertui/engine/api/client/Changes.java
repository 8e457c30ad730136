package dev.containertui.engine.api.client;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what is known to have happened, so that what was learned before counts as old. */
final class Changes {
  private final AtomicLong count = new AtomicLong();

  void happened() {
    count.incrementAndGet();
  }

  long count() {
    return count.get();
  }
}
