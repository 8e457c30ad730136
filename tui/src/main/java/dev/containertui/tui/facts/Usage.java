package dev.containertui.tui.facts;

import dev.containertui.container.ContainerStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a container uses. In memory about 11 kB for the history and 6 kB for the last minute's
 * samples, so 17 MB for a thousand containers.
 *
 * @param last the counters as they were told last; empty if it does not run
 * @param recent the last minute, oldest first
 * @param history the last hour; what was before it was last stopped, too
 */
public record Usage(Optional<ContainerStats> last, List<Sample> recent, History<Metric> history) {
  public static final Usage UNKNOWN =
      new Usage(Optional.empty(), List.of(), History.of(Metric.class));

  private static final int RECENT = 60;

  public Usage {
    recent = List.copyOf(recent);
  }

  Usage with(ContainerStats stats) {
    Sample sample = Sample.of(last, stats);
    List<Sample> samples = new ArrayList<>(recent);
    samples.add(sample);
    if (samples.size() > RECENT) {
      samples.removeFirst();
    }
    // A first sample has no rates.
    History<Metric> longer =
        last.isEmpty() ? history : history.with(stats.at(), metric -> metric.of(sample));
    return new Usage(Optional.of(stats), samples, longer);
  }

  /** After its end only the past is known. */
  Usage ended() {
    return last.isEmpty() ? this : new Usage(Optional.empty(), List.of(), history);
  }

  public Optional<Sample> now() {
    // A first sample has no rates.
    return recent.size() < 2 ? Optional.empty() : Optional.of(recent.getLast());
  }
}
