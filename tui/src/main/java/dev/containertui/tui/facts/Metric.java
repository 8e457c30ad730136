package dev.containertui.tui.facts;

/** What is known of a container over time; the figures of {@link Sample}. */
public enum Metric {
  CPU,
  GUEST_CPU,
  GUEST_MEMORY,
  RESIDENT,
  SHARED,
  RECEIVED,
  SENT,
  READ,
  WRITTEN;

  double of(Sample sample) {
    return switch (this) {
      case CPU -> sample.cpuPercent();
      case GUEST_CPU -> sample.guestCpuPercent();
      case GUEST_MEMORY -> sample.guestMemoryBytes();
      case RESIDENT -> sample.residentBytes();
      case SHARED -> sample.sharedBytes();
      case RECEIVED -> sample.networkReceivedPerSecond();
      case SENT -> sample.networkSentPerSecond();
      case READ -> sample.blockReadPerSecond();
      case WRITTEN -> sample.blockWrittenPerSecond();
    };
  }
}
