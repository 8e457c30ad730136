package dev.containertui.registry;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Reference;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Counts the failed attempts of one transfer and says when to stop trying. */
final class Retries {
  private final RegistryOptions options;
  private final Reference reference;
  private final boolean metBefore;
  private int failures;

  /**
   * @param metBefore whether the registry has answered before: then even a refused connection is
   *     worth a second try, because it may be a restart
   */
  Retries(RegistryOptions options, Reference reference, boolean metBefore) {
    this.options = options;
    this.reference = reference;
    this.metBefore = metBefore;
  }

  /** Something arrived: what failed before is forgiven. */
  void progressed() {
    failures = 0;
  }

  /**
   * Waits until the next attempt.
   *
   * @throws EngineException if there is none; CANCELLED if interrupted
   */
  void failed(IOException e) {
    failures++;
    if (failures >= options.attempts() || !(metBefore || RegistryErrors.isPassing(e))) {
      throw RegistryErrors.unreachable(reference, e);
    }
    Duration pause = backoff();
    if (e instanceof RegistryErrors.TryLater later && later.retryAfter().isPresent()) {
      pause = later.retryAfter().get();
      if (pause.compareTo(options.longestRetryAfter()) > 0) {
        throw tooLong(later, pause);
      }
    }
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EngineException(
          Kind.CANCELLED, "interrupted while waiting for " + reference.registry(), interrupted);
    }
  }

  private Duration backoff() {
    long millis = options.firstBackoff().toMillis() << Math.min(failures - 1, 6);
    return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }

  private static EngineException tooLong(RegistryErrors.TryLater later, Duration pause) {
    EngineException error = later.whenFinal();
    return new EngineException(
        error.kind(),
        error.getMessage(),
        "the registry asks to come back in " + text(pause),
        later);
  }

  private static String text(Duration pause) {
    long seconds = pause.toSeconds();
    return seconds < 120 ? seconds + " seconds" : (seconds + 59) / 60 + " minutes";
  }
}
