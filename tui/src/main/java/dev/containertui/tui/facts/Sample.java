package dev.containertui.tui.facts;

import dev.containertui.container.ContainerStats;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a container used at one moment; rates are those since the sample before.
 *
 * @param cpuPercent of one core of the host, the whole machine; 0 if there is no sample before
 * @param guestCpuPercent of one core, what the guest accounts to the container
 * @param guestMemoryBytes used in the guest
 * @param residentBytes of the machine's process on the host
 * @param sharedBytes how much of that is shared with other machines and the template
 */
public record Sample(
    Instant at,
    double cpuPercent,
    double guestCpuPercent,
    long guestMemoryBytes,
    long residentBytes,
    long sharedBytes,
    long networkReceivedPerSecond,
    long networkSentPerSecond,
    long blockReadPerSecond,
    long blockWrittenPerSecond,
    long processes) {
  static Sample of(Optional<ContainerStats> before, ContainerStats now) {
    double seconds =
        before.map(b -> Duration.between(b.at(), now.at()).toNanos() / 1e9).orElse(0.0);
    ContainerStats past = before.filter(_ -> seconds > 0).orElse(now);
    double per = seconds > 0 ? 1 / seconds : 0;
    return new Sample(
        now.at(),
        rate(past.machineCpuMicros(), now.machineCpuMicros(), per) / 10_000.0,
        rate(past.guestCpuMicros(), now.guestCpuMicros(), per) / 10_000.0,
        now.guestMemoryBytes(),
        now.machineResidentBytes(),
        now.machineSharedBytes(),
        (long) rate(past.networkReceivedBytes(), now.networkReceivedBytes(), per),
        (long) rate(past.networkSentBytes(), now.networkSentBytes(), per),
        (long) rate(past.blockReadBytes(), now.blockReadBytes(), per),
        (long) rate(past.blockWrittenBytes(), now.blockWrittenBytes(), per),
        now.processCount());
  }

  /** A counter that went back has been started anew: nothing is known of that time. */
  private static double rate(long before, long now, double per) {
    return Math.max(0, now - before) * per;
  }
}
