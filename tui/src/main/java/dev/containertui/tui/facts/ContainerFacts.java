package dev.containertui.tui.facts;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerState;
import dev.containertui.container.Health;
import dev.containertui.container.MachineFacts;
import dev.containertui.engine.ContainerSummary;
import dev.containertui.network.PortText;
import java.time.Instant;
import java.util.Optional;

/**
 * What was found out about a container, at once and outside the event loop.
 *
 * @param hostname as the guest has it
 * @param machine that it runs or last ran in
 * @param start how its machine came up, one line; empty before it did
 */
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
    int restarts,
    String hostname,
    Optional<MachineFacts> machine,
    String start) {
  public static ContainerFacts of(Container container) {
    return of(ContainerSummary.of(container));
  }

  public static ContainerFacts of(ContainerSummary summary) {
    return new ContainerFacts(
        summary.container(),
        summary.id(),
        summary.name(),
        summary.spec().image(),
        summary.state(),
        summary.address().orElse(""),
        summary.health(),
        summary.createdAt(),
        summary.startedAt(),
        summary.restartCount(),
        summary.spec().hostname().orElse(summary.container().shortId()),
        summary.machine(),
        summary.timeline().start());
  }

  /** The host's ports and the container's; empty if none are published now. */
  public String ports() {
    return state.isUp() ? machine.map(m -> PortText.brief(m.ports())).orElse("") : "";
  }

  public boolean isRunning() {
    return state instanceof ContainerState.Running;
  }

  /** Whether there is a machine of it now, whose use can be measured. */
  public boolean hasMachine() {
    return state instanceof ContainerState.Running || state instanceof ContainerState.Paused;
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
