package dev.containertui.tui.facts;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerState;
import dev.containertui.container.Health;
import java.time.Instant;
import java.util.Optional;

/** What was found out about a container, at once and outside the event loop. */
public record ContainerFacts(
    Container handle,
    String id,
    String name,
    String image,
    ContainerState state,
    String address,
    Optional<Health> health,
    Instant created,
    Optional<Instant> started,
    int restarts) {
  public static ContainerFacts of(Container container) {
    return new ContainerFacts(
        container,
        container.id(),
        container.name(),
        container.spec().image(),
        container.state(),
        container.address().orElse(""),
        container.health(),
        container.createdAt(),
        container.startedAt(),
        container.restartCount());
  }

  public boolean isRunning() {
    return state instanceof ContainerState.Running;
  }

  /** Whether it will change by itself. */
  public boolean isAlive() {
    return switch (state) {
      case ContainerState.Created s -> false;
      case ContainerState.Exited s -> false;
      case ContainerState.Failed s -> false;
      default -> true;
    };
  }
}
