package dev.containertui.tui.screen.machines;

import dev.containertui.container.ContainerStats;
import dev.containertui.container.MachineFacts;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.facts.History;
import dev.containertui.tui.facts.Metric;
import dev.containertui.tui.facts.Sample;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.widget.Column;
import dev.containertui.tui.widget.Column.Cell;
import dev.containertui.tui.widget.Column.Fit;
import dev.containertui.tui.widget.Scale;
import dev.containertui.tui.widget.Series;
import dev.containertui.tui.widget.Sparkline;
import dev.containertui.tui.widget.Table;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The columns of the table of machines. */
final class MachineTable {
  private static final int TREND_WIDTH = 20;

  static final Table<MachineRow> TABLE =
      new Table<>(
          "Machines",
          r -> r.facts().id(),
          r ->
              String.join(
                  " ",
                  r.facts().name(),
                  r.facts().hostname(),
                  Long.toString(r.pid()),
                  r.facts().id(),
                  r.start(),
                  r.machine().map(m -> m.accelerator() + " " + m.kernelRelease()).orElse("")),
          columns());

  private MachineTable() {}

  private static List<Column<MachineRow>> columns() {
    return List.of(
        text("CONTAINER", 10, 24, 0, r -> r.facts().name(), Look.STRONG),
        new Column<>(
            "PID",
            7,
            7,
            Fit.RIGHT,
            3,
            r -> r.pid() == 0 ? Cell.NOTHING : Cell.of(Long.toString(r.pid())),
            Comparator.comparing(MachineRow::pid)),
        text("GUEST", 8, 16, 8, r -> r.facts().hostname(), Look.PLAIN),
        new Column<>(
            "VCPU",
            4,
            4,
            Fit.RIGHT,
            7,
            r -> known(r.machine(), m -> Integer.toString(m.vcpus())),
            Comparator.comparing(r -> r.machine().map(MachineFacts::vcpus).orElse(0))),
        rate("CPU", 6, 0, Sample::cpuPercent, Units::percent),
        rate("IN", 6, 9, Sample::guestCpuPercent, Units::percent),
        new Column<>(
            "GIVEN",
            8,
            8,
            Fit.RIGHT,
            2,
            r -> known(r.machine(), m -> Units.bytes(m.memoryBytes())),
            Comparator.comparing(MachineRow::givenBytes)),
        bytes("USED", 1, ContainerStats::guestMemoryBytes),
        bytes("RESIDENT", 1, ContainerStats::machineResidentBytes),
        bytes("SHARED", 6, ContainerStats::machineSharedBytes),
        bytes("WRITTEN", 7, ContainerStats::blockWrittenBytes),
        rate("RX/s", 8, 8, s -> s.networkReceivedPerSecond(), v -> Units.bytes(v.longValue())),
        rate("TX/s", 8, 8, s -> s.networkSentPerSecond(), v -> Units.bytes(v.longValue())),
        new Column<>(
            "UPTIME",
            6,
            6,
            Fit.RIGHT,
            4,
            r -> r.uptime().map(u -> Cell.of(Units.duration(u))).orElse(Cell.NOTHING),
            Comparator.comparing(r -> r.uptime().orElse(Duration.ZERO))),
        text("START", 5, 5, 5, MachineRow::start, Look.PLAIN),
        text(
            "ACCEL",
            5,
            5,
            10,
            r -> r.machine().map(MachineFacts::accelerator).orElse(""),
            Look.PLAIN),
        text(
            "KERNEL",
            12,
            26,
            11,
            r -> r.machine().map(MachineFacts::kernelRelease).orElse(""),
            Look.FAINT),
        new Column<>("LAST MINUTE", TREND_WIDTH, TREND_WIDTH, Fit.RIGHT, 12, MachineTable::trend));
  }

  private static Cell trend(MachineRow row) {
    Series cpu = new Series("CPU", Look.METER, row.history(Metric.CPU, History.Range.MINUTE));
    double ceiling = Scale.upTo(max(cpu.values()), Scale.Unit.PERCENT).ceiling();
    return new Cell(Sparkline.of(cpu, ceiling, TREND_WIDTH, row.glyphs()), Look.METER);
  }

  private static double max(float[] values) {
    double max = 0;
    for (float value : values) {
      max = value > max ? value : max;
    }
    return max;
  }

  private static Column<MachineRow> text(
      String title, int min, int max, int rank, Function<MachineRow, String> text, Look look) {
    return new Column<>(
        title,
        min,
        max,
        Fit.LEFT,
        rank,
        r -> text.apply(r).isEmpty() ? Cell.NOTHING : new Cell(text.apply(r), look),
        Comparator.comparing(text));
  }

  private static Column<MachineRow> bytes(
      String title, int rank, ToLongFunction<ContainerStats> bytes) {
    return new Column<>(
        title,
        8,
        8,
        Fit.RIGHT,
        rank,
        r -> known(r.last(), s -> Units.bytes(bytes.applyAsLong(s))),
        Comparator.comparing(r -> r.last().map(bytes::applyAsLong).orElse(-1L)));
  }

  private static Column<MachineRow> rate(
      String title,
      int width,
      int rank,
      ToDoubleFunction<Sample> figure,
      Function<Double, String> words) {
    return new Column<>(
        title,
        width,
        width,
        Fit.RIGHT,
        rank,
        r -> known(r.sample(), s -> words.apply(figure.applyAsDouble(s))),
        Comparator.comparing(r -> r.sample().map(figure::applyAsDouble).orElse(-1.0)));
  }

  private static <T> Cell known(Optional<T> value, Function<T, String> words) {
    return value.map(v -> Cell.of(words.apply(v))).orElse(Cell.NOTHING);
  }
}
