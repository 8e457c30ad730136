package dev.containertui.engine;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.Health;
import dev.containertui.container.MachineFacts;
import dev.containertui.vm.BootTimeline;
import java.time.Instant;
import java.util.Optional;

/**
 * What a list of containers tells of one, all of the same moment.
 *
 * @param container the handle on it
 * @param startedAt when its main process was last started, if it was
 * @param machine that it runs or last ran in
 */
public record ContainerSummary(
    Container container,
    String id,
    String name,
    ContainerSpec spec,
    ContainerState state,
    Optional<String> address,
    Optional<Health> health,
    Instant createdAt,
    Optional<Instant> startedAt,
    int restartCount,
    Optional<MachineFacts> machine,
    BootTimeline timeline) {
  /** Asks the container. */
  public static ContainerSummary of(Container container) {
    return new ContainerSummary(
        container,
        container.id(),
        container.name(),
        container.spec(),
        container.state(),
        container.address(),
        container.health(),
        container.createdAt(),
        container.startedAt(),
        container.restartCount(),
        container.machine(),
        container.bootTimeline());
  }
}
