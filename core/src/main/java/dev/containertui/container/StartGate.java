package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets a few machines start at a time. A start is work for a processor from its beginning to its
 * end, so more of them than the host has processors for would only hold each other up: all would be
 * ready late, and the kernels in them would spend on their clocks what they miss.
 *
 * <p>The first steps of a container's program are such work too, so a start keeps its place for
 * them; the container itself waits for nothing. Where an emulator starts twenty at once on two
 * processors, all are up 2 to 5 % earlier than with one place more and without that, because what
 * runs finds more of its own in the processors' caches.
 *
 * <p>It is a courtesy and no lock: who has waited for long enough goes ahead, so a machine that is
 * stuck stops nobody.
 */
final class StartGate {
  /** All starts of this process. */
  static final StartGate OF_THIS_HOST =
      new StartGate(
          Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(5), Duration.ofMillis(10));

  private final Semaphore places;
  private final Duration patience;
  private final Duration firstSteps;

  /**
   * @param patience how long one waits for a place
   * @param firstSteps how long a place stays taken once a program has begun
   */
  StartGate(int places, Duration patience, Duration firstSteps) {
    this.places = new Semaphore(places, true);
    this.patience = patience;
    this.firstSteps = firstSteps;
  }

  /** A place; closed when the machine is up or has failed. One thread's. */
  final class Place implements AutoCloseable {
    private final boolean taken;
    private boolean begun;

    private Place(boolean taken) {
      this.taken = taken;
    }

    /** The container's program has begun. */
    void programBegun() {
      begun = true;
    }

    @Override
    public void close() {
      if (taken && begun) {
        CompletableFuture.delayedExecutor(firstSteps.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
            .execute(places::release);
      } else if (taken) {
        places.release();
      }
    }
  }

  /** Waits for a place, or for so long that it goes without. */
  Place enter() {
    try {
      return new Place(places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      throw new EngineException(Kind.CANCELLED, "the start was cancelled", e);
    }
  }
}
