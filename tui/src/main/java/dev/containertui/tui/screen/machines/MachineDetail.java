package dev.containertui.tui.screen.machines;

import dev.containertui.container.ContainerStats;
import dev.containertui.container.MachineFacts;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.facts.History.Range;
import dev.containertui.tui.facts.Metric;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.widget.Chart;
import dev.containertui.tui.widget.Scale.Unit;
import dev.containertui.tui.widget.Series;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** All about one machine. */
record MachineDetail(MachineRow row, Range range) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_LOCAL_TIME;

  FactList facts(ZoneId zone) {
    FactList facts = new FactList();
    facts.add(
        "machine",
        row.machine()
            .map(
                m ->
                    String.format(
                        Locale.ROOT,
                        "pid %d, %s · %s, %d %s",
                        m.pid(),
                        m.hypervisor(),
                        m.accelerator(),
                        m.vcpus(),
                        m.vcpus() == 1 ? "vCPU" : "vCPUs"))
            .orElse("the engine does not tell"));
    row.last()
        .ifPresentOrElse(s -> memory(facts, s), () -> facts.add("memory", "not measured yet"));
    facts.add(
        "guest",
        row.facts().hostname()
            + (row.facts().address().isEmpty() ? "" : ", " + row.facts().address()));
    row.facts()
        .started()
        .ifPresent(
            at ->
                facts.add(
                    "up",
                    row.uptime().map(Units::duration).orElse("")
                        + ", since "
                        + TIME.format(at.atZone(zone).truncatedTo(ChronoUnit.SECONDS))));
    row.last().ifPresent(s -> traffic(facts, s));
    row.machine().ifPresent(m -> facts.add("kernel", m.kernelRelease()));
    if (!row.facts().start().isEmpty()) {
      facts.add("start", row.facts().start());
    }
    return facts;
  }

  private void memory(FactList facts, ContainerStats stats) {
    long given = row.machine().map(MachineFacts::memoryBytes).orElse(0L);
    long resident = stats.machineResidentBytes();
    facts.gauge(
        "in guest",
        stats.guestMemoryBytes(),
        given,
        Units.bytes(stats.guestMemoryBytes())
            + (given > 0 ? " of " + Units.bytes(given) + " given" : ""));
    facts.gauge(
        "on host",
        resident,
        given,
        Units.bytes(resident)
            + (stats.machineSharedBytes() > 0
                ? ", " + Units.bytes(stats.machineSharedBytes()) + " of it shared"
                : " resident"));
    if (given > 0 && !row.facts().start().isEmpty()) {
      facts.add(
          "not held",
          Units.bytes(Math.max(0, given - resident))
              + (row.isClone()
                  ? ": never written; clones give none back"
                  : ": never used, or given back (balloon)"));
    }
  }

  private static void traffic(FactList facts, ContainerStats stats) {
    facts.add(
        "disk",
        Units.bytes(stats.blockWrittenBytes())
            + " written, "
            + Units.bytes(stats.blockReadBytes())
            + " read");
    facts.add(
        "network",
        Units.bytes(stats.networkReceivedBytes())
            + " received, "
            + Units.bytes(stats.networkSentBytes())
            + " sent");
  }

  List<Chart> charts() {
    return List.of(
        chart(
            "CPU",
            Unit.PERCENT,
            series("host", Metric.CPU, 0),
            series("guest", Metric.GUEST_CPU, 1)),
        chart(
            "Memory",
            Unit.BYTES,
            series("resident", Metric.RESIDENT, 0),
            series("in guest", Metric.GUEST_MEMORY, 1),
            series("shared", Metric.SHARED, 2)),
        chart(
            "Network",
            Unit.BYTES_PER_SECOND,
            series("received", Metric.RECEIVED, 0),
            series("sent", Metric.SENT, 1)),
        chart(
            "Disk",
            Unit.BYTES_PER_SECOND,
            series("written", Metric.WRITTEN, 0),
            series("read", Metric.READ, 1)));
  }

  private Chart chart(String title, Unit unit, Series... series) {
    return new Chart(title, unit, range.label(), List.of(series), OptionalDouble.empty());
  }

  private Series series(String name, Metric metric, int color) {
    Look[] looks = {Look.CHART_1, Look.CHART_2, Look.CHART_3};
    return new Series(name, looks[color], row.history(metric, range));
  }
}
