package dev.containertui.tui.view;

import dev.containertui.container.ContainerState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A container in the table.
 *
 * @param uptime since the main process started; empty unless it runs
 * @param cpuPercent of one host CPU that the machine used between the last two samples
 * @param memoryBytes resident memory of the machine on the host
 * @param memoryHistory the last samples of it, oldest first
 * @param address empty if there is none
 */
public record ContainerRow(
    String id,
    String name,
    String image,
    ContainerState state,
    Optional<Duration> uptime,
    OptionalDouble cpuPercent,
    OptionalLong memoryBytes,
    List<Long> memoryHistory,
    OptionalLong processes,
    String address) {
  public ContainerRow {
    memoryHistory = List.copyOf(memoryHistory);
  }
}
