package dev.containertui.tui.facts;

/**
 * Sums over all containers that run.
 *
 * @param machines how many there are
 * @param cpuPercent of one core of the host
 * @param givenBytes memory that the guests see
 * @param guestBytes used in the guests
 * @param residentBytes of the machines' processes; pages that two of them share count twice
 * @param sharedBytes how much of that may be counted more than once
 */
public record Totals(
    int machines,
    double cpuPercent,
    long givenBytes,
    long guestBytes,
    long residentBytes,
    long sharedBytes) {
  static Totals of(Facts facts) {
    int machines = 0;
    double cpu = 0;
    long given = 0;
    long guest = 0;
    long resident = 0;
    long shared = 0;
    for (ContainerFacts container : facts.containers()) {
      if (!container.hasMachine()) {
        continue;
      }
      machines++;
      given += container.machine().map(m -> m.memoryBytes()).orElse(0L);
      Usage usage = facts.usage(container.id());
      cpu += usage.now().map(Sample::cpuPercent).orElse(0.0);
      guest += usage.last().map(s -> s.guestMemoryBytes()).orElse(0L);
      resident += usage.last().map(s -> s.machineResidentBytes()).orElse(0L);
      shared += usage.last().map(s -> s.machineSharedBytes()).orElse(0L);
    }
    return new Totals(machines, cpu, given, guest, resident, shared);
  }
}
