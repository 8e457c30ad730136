package dev.containertui.tui.facts;

import dev.containertui.container.ContainerStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a container uses.
 *
 * @param last the counters as they were told last
 * @param recent the last minute, oldest first
 */
public record Usage(Optional<ContainerStats> last, List<Sample> recent) {
  public static final Usage UNKNOWN = new Usage(Optional.empty(), List.of());

  private static final int RECENT = 60;

  public Usage {
    recent = List.copyOf(recent);
  }

  Usage with(ContainerStats stats) {
    List<Sample> samples = new ArrayList<>(recent);
    samples.add(Sample.of(last, stats));
    if (samples.size() > RECENT) {
      samples.removeFirst();
    }
    return new Usage(Optional.of(stats), samples);
  }

  public Optional<Sample> now() {
    // A first sample has no rates.
    return recent.size() < 2 ? Optional.empty() : Optional.of(recent.getLast());
  }
}
