package dev.containertui.tui.screen.containers;

import dev.containertui.container.ContainerState;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.widget.Column;
import dev.containertui.tui.widget.Column.Cell;
import dev.containertui.tui.widget.Column.Fit;
import dev.containertui.tui.widget.Names;
import dev.containertui.tui.widget.Table;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** The columns of the table of containers. */
final class ContainerTable {
  static final Table<ContainerRow> TABLE =
      new Table<>(
          "Containers",
          r -> r.facts().id(),
          r ->
              String.join(
                  " ",
                  r.facts().name(),
                  r.facts().image(),
                  r.facts().state().word(),
                  r.facts().id()),
          columns());

  private ContainerTable() {}

  private static List<Column<ContainerRow>> columns() {
    return List.of(
        new Column<>(
            "NAME",
            10,
            24,
            Fit.LEFT,
            0,
            r -> new Cell(r.facts().name(), Look.STRONG),
            Comparator.comparing(r -> r.facts().name())),
        new Column<>(
            "IMAGE",
            12,
            40,
            Fit.TAIL,
            2,
            r -> Cell.of(Names.shortReference(r.facts().image())),
            Comparator.comparing(r -> r.facts().image())),
        new Column<>(
            "STATE",
            12,
            12,
            Fit.LEFT,
            0,
            r -> state(r.facts().state()),
            Comparator.comparing(r -> r.facts().state().word())),
        new Column<>(
            "UPTIME",
            6,
            6,
            Fit.RIGHT,
            4,
            r -> r.uptime().map(u -> Cell.of(Units.duration(u))).orElse(Cell.NOTHING),
            Comparator.comparing(r -> r.uptime().orElse(Duration.ZERO))),
        new Column<>(
            "CPU",
            5,
            6,
            Fit.RIGHT,
            1,
            r ->
                r.usage()
                    .now()
                    .map(s -> Cell.of(Units.percent(s.cpuPercent())))
                    .orElse(Cell.NOTHING),
            Comparator.comparing(r -> r.usage().now().map(s -> s.cpuPercent()).orElse(-1.0))));
  }

  private static Cell state(ContainerState state) {
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
