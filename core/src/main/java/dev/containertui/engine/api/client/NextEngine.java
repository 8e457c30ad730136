package dev.containertui.engine.api.client;

import dev.containertui.engine.api.own.ContainerFacts;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * What comes after an engine that went away while somebody was connected to it. One that died is
 * followed at once, by one started here if need be. One that was stopped may be followed by
 * somebody else's doing, as an upgrade does; nobody starts it again here.
 */
final class NextEngine {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final ApiClient api;
  private final RemoteContainer container;

  NextEngine(ApiClient api, RemoteContainer container) {
    this.api = api;
    this.container = container;
  }

  /**
   * Waits for it.
   *
   * @param last {@link ApiClient#engine} of the connection that has ended
   * @return what it says of the container; empty if that connection's engine is still there, or if
   *     no other one comes
   * @throws EngineException CANCELLED
   */
  Optional<ContainerFacts> after(String last) {
    if (last.isEmpty()) {
      return Optional.empty(); // Not an engine of ours: it takes its containers with it.
    }
    long limit = System.nanoTime() + LIMIT.toNanos();
    do {
      try {
        if (!api.isStopped()) {
          ContainerFacts facts = container.refreshed();
          return Optional.of(facts).filter(_ -> !api.engine().equals(last));
        }
      } catch (EngineException e) {
        if (e.kind() != Kind.UNAVAILABLE) {
          throw e;
        }
        // It is about to go, or to come.
      }
      pause();
    } while (System.nanoTime() < limit);
    return Optional.empty();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "cancelled", e);
    }
  }
}
