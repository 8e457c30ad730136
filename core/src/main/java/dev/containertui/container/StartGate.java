package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets a few machines start at a time. A start is work for a processor from its beginning to its
 * end, so more of them than the host has processors for would only hold each other up: all would be
 * ready late, and the kernels in them would spend on their clocks what they miss.
 *
 * <p>It is a courtesy and no lock: who has waited for long enough goes ahead, so a machine that is
 * stuck stops nobody.
 */
final class StartGate {
  /** All starts of this process. */
  static final StartGate OF_THIS_HOST =
      new StartGate(Runtime.getRuntime().availableProcessors() + 1, Duration.ofSeconds(5));

  private final Semaphore places;
  private final Duration patience;

  StartGate(int places, Duration patience) {
    this.places = new Semaphore(places, true);
    this.patience = patience;
  }

  /** A place; closed when the machine is up or has failed. */
  interface Pass extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits for a place, or for so long that it goes without. */
  Pass enter() {
    try {
      return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)
          ? places::release
          : () -> {};
    } catch (InterruptedException e) {
      throw new EngineException(Kind.CANCELLED, "the start was cancelled", e);
    }
  }
}
