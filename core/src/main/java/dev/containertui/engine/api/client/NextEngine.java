package dev.containertui.engine.api.client;

import dev.containertui.engine.api.own.ContainerFacts;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What comes after an engine that went away while somebody was connected to it. One that died is
 * followed at once, by one started here if need be. One that was stopped may be followed by
 * somebody else's doing, as an upgrade does; nobody starts it again here.
 */
final class NextEngine {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration LONG_PAUSE = Duration.ofMillis(500);

  private final ApiClient api;
  private final RemoteContainer container;

  NextEngine(ApiClient api, RemoteContainer container) {
    this.api = api;
    this.container = container;
  }

  /**
   * Waits for it. As long as nobody wants it, it is waited for without end and not started.
   *
   * @param wanted whether somebody waits for what comes of it
   * @param last {@link ApiClient#engine} of the connection that has ended
   * @return what it says of the container; empty if that connection's engine is still there, or if
   *     no other one comes
   * @throws EngineException CANCELLED
   */
  Optional<ContainerFacts> after(String last, BooleanSupplier wanted) {
    if (last.isEmpty()) {
      return Optional.empty(); // Not an engine of ours: it takes its containers with it.
    }
    long since = System.nanoTime();
    while (System.nanoTime() - since < LIMIT.toNanos()) {
      boolean start = wanted.getAsBoolean();
      try {
        if (!api.isStopped()) {
          ContainerFacts facts =
              start ? container.refreshed() : ApiClient.watch(container::refreshed);
          return Optional.of(facts).filter(_ -> !api.engine().equals(last));
        }
      } catch (EngineException e) {
        if (e.kind() != Kind.UNAVAILABLE) {
          throw e;
        }
        // It is about to go, or to come.
      }
      if (!start) {
        since = System.nanoTime();
      }
      pause(start ? PAUSE : LONG_PAUSE);
    }
    return Optional.empty();
  }

  private static void pause(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "cancelled", e);
    }
  }
}
