package dev.containertui.tui.screen.machines;

import dev.containertui.tui.app.State;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.facts.History.Range;
import dev.containertui.tui.facts.HostMetric;
import dev.containertui.tui.facts.HostSample;
import dev.containertui.tui.facts.HostUsage;
import dev.containertui.tui.facts.Totals;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.widget.Chart;
import dev.containertui.tui.widget.Scale.Unit;
import dev.containertui.tui.widget.Series;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The host, and what all machines together take of it. */
record HostDetail(HostUsage host, Totals totals, Instant now, Range range) {
  static HostDetail of(State state, Range range) {
    Facts facts = Facts.of(state);
    return new HostDetail(HostUsage.of(state), facts.totals(), facts.now(), range);
  }

  FactList facts() {
    FactList facts = new FactList();
    if (host.last().isEmpty()) {
      facts.add("host", "this system does not tell (no /proc), or was not asked yet");
    } else {
      host(facts, host.last().get());
    }
    facts.add(
        "machines",
        totals.machines()
            + (totals.machines() == 1 ? " runs" : " run")
            + (totals.machines() == 0
                ? ""
                : ", " + Units.percent(totals.cpuPercent()) + " of a core"));
    facts.add("given", Units.bytes(totals.givenBytes()) + " to all guests");
    facts.gauge(
        "in guests",
        totals.guestBytes(),
        totals.givenBytes(),
        Units.bytes(totals.guestBytes()) + " used");
    facts.gauge(
        "resident",
        totals.residentBytes(),
        host.last().map(HostSample::memoryBytes).orElse(0L),
        Units.bytes(totals.residentBytes())
            + ", of that "
            + Units.bytes(totals.sharedBytes())
            + " shared");
    return facts;
  }

  private void host(FactList facts, HostSample last) {
    facts.add(
        "host",
        String.format(
            Locale.ROOT,
            "%d cores, load %.2f %.2f %.2f",
            last.cpus(),
            last.load1(),
            last.load5(),
            last.load15()));
    int all = 100 * last.cpus();
    facts.gauge(
        "cpu",
        host.cpuPercent(),
        all,
        host.history().isEmpty()
            ? "not measured yet"
            : String.format(Locale.ROOT, "%.0f%% of %d%%", host.cpuPercent(), all));
    facts.gauge(
        "memory",
        last.usedBytes(),
        last.memoryBytes(),
        Units.bytes(last.usedBytes()) + " of " + Units.bytes(last.memoryBytes()) + " used");
  }

  List<Chart> charts() {
    double cores = 100.0 * host.last().map(HostSample::cpus).orElse(1);
    return List.of(
        chart(
            "CPU",
            Unit.PERCENT,
            OptionalDouble.of(cores),
            series("host", HostMetric.CPU, Look.CHART_1),
            series("machines", HostMetric.MACHINES_CPU, Look.CHART_2)),
        chart(
            "Memory",
            Unit.BYTES,
            OptionalDouble.empty(),
            series("host", HostMetric.MEMORY, Look.CHART_1),
            series("machines", HostMetric.MACHINES_RESIDENT, Look.CHART_2)),
        chart(
            "Load",
            Unit.COUNT,
            OptionalDouble.empty(),
            series("1 min", HostMetric.LOAD, Look.CHART_1)));
  }

  private Chart chart(String title, Unit unit, OptionalDouble ceiling, Series... series) {
    return new Chart(title, unit, range.label(), List.of(series), ceiling);
  }

  private Series series(String name, HostMetric metric, Look look) {
    return new Series(name, look, host.history().values(metric, range, now));
  }
}
