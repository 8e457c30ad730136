package dev.containertui.tui.screen.containers;

import dev.containertui.container.ContainerState;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.facts.Metric;
import dev.containertui.tui.facts.Sample;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.widget.Column;
import dev.containertui.tui.widget.Column.Cell;
import dev.containertui.tui.widget.Column.Fit;
import dev.containertui.tui.widget.Names;
import dev.containertui.tui.widget.Scale;
import dev.containertui.tui.widget.Series;
import dev.containertui.tui.widget.Sparkline;
import dev.containertui.tui.widget.Table;
import dev.containertui.tui.widget.TableState;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The columns of the table of containers. */
final class ContainerTable {
  static final Slot<TableState> SLOT = new Slot<>("containers.table", TableState.START);

  static final Table<ContainerRow> TABLE =
      new Table<>("Containers", r -> r.facts().id(), ContainerRow::searched, columns());

  private static final int SPARKS = 6;

  private ContainerTable() {}

  static Optional<ContainerFacts> selected(State state) {
    return TABLE.selected(state.get(SLOT), ContainerRow.all(state)).map(ContainerRow::facts);
  }

  private static List<Column<ContainerRow>> columns() {
    return List.of(
        text(
            "NAME",
            12,
            28,
            0,
            r -> new Cell(r.facts().name(), Look.STRONG),
            by(ContainerTable::name)),
        new Column<>(
            "IMAGE",
            13,
            40,
            Fit.TAIL,
            3,
            r -> Cell.of(Names.shortReference(r.facts().image())),
            by(r -> r.facts().image())),
        text("STATE", 12, 12, 0, ContainerTable::state, by(r -> r.facts().state().word())),
        text("HEALTH", 9, 9, 7, ContainerTable::health, by(ContainerRow::health)),
        right(
            "UPTIME",
            6,
            4,
            r -> r.uptime().map(u -> Cell.of(Units.duration(u))).orElse(Cell.NOTHING),
            Comparator.comparing(r -> r.uptime().orElse(Duration.ZERO))),
        right("CPU", 6, 1, ContainerTable::cpu, figures(ContainerTable::cpuTenths)),
        sparks("CPU 1m", 5, Metric.CPU, Scale.Unit.PERCENT),
        right(
            "MEMORY",
            8,
            2,
            r -> bytes(r, Sample::guestMemoryBytes),
            figures(Sample::guestMemoryBytes)),
        sparks("MEM 1m", 10, Metric.GUEST_MEMORY, Scale.Unit.BYTES),
        rate("NET IN", 9, Sample::networkReceivedPerSecond),
        rate("NET OUT", 11, Sample::networkSentPerSecond),
        rate("READ", 12, Sample::blockReadPerSecond),
        rate("WRITE", 14, Sample::blockWrittenPerSecond),
        right("PIDS", 4, 6, r -> count(r.figure(Sample::processes)), figures(Sample::processes)),
        right(
            "RST",
            3,
            15,
            r -> r.facts().restarts() == 0 ? Cell.NOTHING : Cell.of("" + r.facts().restarts()),
            Comparator.comparing(r -> r.facts().restarts())),
        text("PORTS", 9, 24, 8, r -> orNothing(r.facts().ports()), by(r -> r.facts().ports())),
        text(
            "ADDRESS",
            9,
            15,
            13,
            r -> orNothing(r.facts().address()),
            by(r -> r.facts().address())));
  }

  private static String name(ContainerRow row) {
    return row.facts().name();
  }

  // --- kinds of columns

  private static Column<ContainerRow> text(
      String title,
      int min,
      int max,
      int rank,
      Function<ContainerRow, Cell> cell,
      Comparator<ContainerRow> order) {
    return new Column<>(title, min, max, Fit.LEFT, rank, cell, order);
  }

  private static Column<ContainerRow> right(
      String title,
      int width,
      int rank,
      Function<ContainerRow, Cell> cell,
      Comparator<ContainerRow> order) {
    return new Column<>(title, width, width, Fit.RIGHT, rank, cell, order);
  }

  private static Column<ContainerRow> rate(String title, int rank, ToLongFunction<Sample> figure) {
    return right(
        title,
        10,
        rank,
        r -> {
          long perSecond = r.figure(figure);
          return perSecond < 0
              ? Cell.NOTHING
              : perSecond == 0 ? new Cell("0", Look.FAINT) : Cell.of(Units.bytes(perSecond) + "/s");
        },
        figures(figure));
  }

  private static Column<ContainerRow> sparks(
      String title, int rank, Metric metric, Scale.Unit unit) {
    return new Column<>(
        title,
        SPARKS,
        SPARKS,
        Fit.LEFT,
        rank,
        r -> {
          if (r.usage().now().isEmpty()) {
            return Cell.of("");
          }
          Series series = new Series(title, Look.METER, r.history(metric));
          double ceiling = Scale.upTo(series.max(), unit).ceiling();
          return new Cell(Sparkline.of(series, ceiling, SPARKS, r.glyphs()), Look.METER);
        });
  }

  private static Comparator<ContainerRow> figures(ToLongFunction<Sample> figure) {
    return Comparator.comparingLong(r -> r.figure(figure));
  }

  private static Comparator<ContainerRow> by(Function<ContainerRow, String> text) {
    return Comparator.comparing(text);
  }

  // --- cells

  private static long cpuTenths(Sample sample) {
    return Math.round(sample.cpuPercent() * 10);
  }

  private static Cell cpu(ContainerRow row) {
    return row.usage()
        .now()
        .map(
            s ->
                new Cell(
                    Units.percent(s.cpuPercent()), s.cpuPercent() >= 90 ? Look.BUSY : Look.PLAIN))
        .orElse(Cell.NOTHING);
  }

  private static Cell bytes(ContainerRow row, ToLongFunction<Sample> figure) {
    long bytes = row.figure(figure);
    return bytes < 0 ? Cell.NOTHING : Cell.of(Units.bytes(bytes));
  }

  private static Cell count(long count) {
    return count < 0 ? Cell.NOTHING : Cell.of(Long.toString(count));
  }

  private static Cell orNothing(String text) {
    return text.isEmpty() ? Cell.NOTHING : Cell.of(text);
  }

  private static Cell health(ContainerRow row) {
    return switch (row.health()) {
      case "" -> Cell.NOTHING;
      case "healthy" -> new Cell("healthy", Look.GOOD);
      case "unhealthy" -> new Cell("unhealthy", Look.BAD);
      default -> new Cell(row.health(), Look.BUSY);
    };
  }

  /** A container that runs but is ill says so even where there is no room for its health. */
  private static Cell state(ContainerRow row) {
    return row.health().equals("unhealthy")
        ? new Cell("● unhealthy", Look.BAD)
        : state(row.facts().state());
  }

  static Cell state(ContainerState state) {
    return switch (state) {
      case ContainerState.Created _ -> new Cell("○ created", Look.FAINT);
      case ContainerState.Starting _ -> new Cell("◌ starting", Look.BUSY);
      case ContainerState.Running _ -> new Cell("● running", Look.GOOD);
      case ContainerState.Paused _ -> new Cell("‖ paused", Look.BUSY);
      case ContainerState.Stopping _ -> new Cell("◌ stopping", Look.BUSY);
      case ContainerState.Restarting _ -> new Cell("◌ restarting", Look.BUSY);
      case ContainerState.Exited s when s.exitCode() == 0 -> new Cell("✓ exited 0", Look.FAINT);
      case ContainerState.Exited s -> new Cell("✗ exited " + s.exitCode(), Look.BAD);
      case ContainerState.Failed _ -> new Cell("✗ failed", Look.BAD);
    };
  }
}
