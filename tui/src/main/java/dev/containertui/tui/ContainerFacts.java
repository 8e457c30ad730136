package dev.containertui.tui;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerState;

/** What was found out about a container, at once and outside the event loop. */
record ContainerFacts(
    Container handle, String id, String name, String image, ContainerState state, String address) {
  static ContainerFacts of(Container container) {
    return new ContainerFacts(
        container,
        container.id(),
        container.name(),
        container.spec().image(),
        container.state(),
        container.address().orElse(""));
  }

  boolean isRunning() {
    return state instanceof ContainerState.Running;
  }

  /** Whether it will change by itself. */
  boolean isAlive() {
    return switch (state) {
      case ContainerState.Created s -> false;
      case ContainerState.Exited s -> false;
      case ContainerState.Failed s -> false;
      default -> true;
    };
  }
}
