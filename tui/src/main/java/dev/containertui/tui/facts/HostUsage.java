package dev.containertui.tui.facts;

import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import java.time.Duration;
import java.util.Optional;

/**
 * What is used of this host.
 *
 * @param cpuPercent of one core, since the sample before; 0 if there is none
 */
public record HostUsage(Optional<HostSample> last, double cpuPercent, History<HostMetric> history) {
  public static final Slot<HostUsage> SLOT =
      new Slot<>("host", new HostUsage(Optional.empty(), 0, History.of(HostMetric.class)));

  private static final double TICKS_PER_SECOND = 100;

  public static HostUsage of(State state) {
    return state.get(SLOT);
  }

  /** With a further sample, and what the machines used of it. */
  public HostUsage with(HostSample now, Totals machines) {
    double seconds =
        last.map(before -> Duration.between(before.at(), now.at()).toNanos() / 1e9).orElse(0.0);
    if (seconds <= 0) {
      return new HostUsage(Optional.of(now), cpuPercent, history);
    }
    long ticks = Math.max(0, now.busyTicks() - last.get().busyTicks());
    // Ticks are coarse: a host that is busy all the time would come out above what it has.
    double cpu = Math.min(100 * ticks / TICKS_PER_SECOND / seconds, 100.0 * now.cpus());
    return new HostUsage(
        Optional.of(now),
        cpu,
        history.with(
            now.at(),
            metric ->
                switch (metric) {
                  case CPU -> cpu;
                  case MACHINES_CPU -> machines.cpuPercent();
                  case MEMORY -> now.usedBytes();
                  case MACHINES_RESIDENT -> machines.residentBytes();
                  case LOAD -> now.load1();
                }));
  }
}
