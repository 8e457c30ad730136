package dev.containertui.tui.view;

import dev.containertui.container.ContainerState;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.view.Column.Cell;
import dev.containertui.tui.view.Column.Fit;
import java.util.List;

/** The columns of the two tables. */
final class Tables {
  private static final int SPARK_WIDTH = 8;
  private static final Cell NOTHING = new Cell("–", Theme.FAINT);

  private static final List<Column<ContainerRow>> CONTAINERS =
      List.of(
          new Column<>("NAME", 10, 24, Fit.LEFT, 0, r -> new Cell(r.name(), Theme.STRONG)),
          new Column<>("IMAGE", 12, 40, Fit.TAIL, 2, r -> new Cell(shortReference(r.image()), 0)),
          new Column<>("STATE", 12, 12, Fit.LEFT, 0, r -> state(r.state())),
          new Column<>(
              "UPTIME",
              6,
              6,
              Fit.RIGHT,
              4,
              r -> r.uptime().map(u -> new Cell(Units.duration(u), 0)).orElse(NOTHING)),
          new Column<>(
              "CPU",
              5,
              6,
              Fit.RIGHT,
              1,
              r ->
                  r.cpuPercent().isPresent()
                      ? new Cell(Units.percent(r.cpuPercent().getAsDouble()), Theme.PLAIN)
                      : NOTHING),
          new Column<>(
              "MEMORY",
              8,
              8,
              Fit.RIGHT,
              1,
              r ->
                  r.memoryBytes().isPresent()
                      ? new Cell(Units.bytes(r.memoryBytes().getAsLong()), Theme.PLAIN)
                      : NOTHING),
          new Column<>("", SPARK_WIDTH, SPARK_WIDTH, Fit.LEFT, 7, Tables::spark),
          new Column<>(
              "PIDS",
              4,
              4,
              Fit.RIGHT,
              5,
              r ->
                  r.processes().isPresent()
                      ? new Cell(Long.toString(r.processes().getAsLong()), Theme.PLAIN)
                      : NOTHING),
          new Column<>(
              "ADDRESS",
              10,
              15,
              Fit.LEFT,
              6,
              r -> r.address().isEmpty() ? NOTHING : new Cell(r.address(), Theme.PLAIN)));

  private static final List<Column<ImageRow>> IMAGES =
      List.of(
          new Column<>(
              "REFERENCE",
              16,
              60,
              Fit.TAIL,
              0,
              r -> new Cell(shortReference(r.reference()), Theme.STRONG)),
          new Column<>("ID", 12, 12, Fit.LEFT, 3, r -> new Cell(shortDigest(r.id()), Theme.FAINT)),
          new Column<>("PLATFORM", 11, 14, Fit.LEFT, 2, r -> new Cell(r.platform(), Theme.PLAIN)),
          new Column<>("SIZE", 8, 9, Fit.RIGHT, 0, r -> new Cell(Units.bytes(r.sizeBytes()), 0)),
          new Column<>(
              "CREATED",
              13,
              14,
              Fit.RIGHT,
              1,
              r -> r.age().map(a -> new Cell(Units.age(a), Theme.PLAIN)).orElse(NOTHING)));

  private Tables() {}

  static void containers(Canvas canvas, Rect rect, TableModel<ContainerRow> table, boolean focus) {
    TableView.draw(canvas, rect, "Containers", CONTAINERS, table, focus);
  }

  static void images(Canvas canvas, Rect rect, TableModel<ImageRow> table, boolean focus) {
    TableView.draw(canvas, rect, "Images", IMAGES, table, focus);
  }

  private static Cell state(ContainerState state) {
    return switch (state) {
      case ContainerState.Created s -> new Cell("○ created", Theme.FAINT);
      case ContainerState.Starting s -> new Cell("◌ starting", Theme.BUSY);
      case ContainerState.Running s -> new Cell("● running", Theme.GOOD);
      case ContainerState.Paused s -> new Cell("‖ paused", Theme.BUSY);
      case ContainerState.Stopping s -> new Cell("◌ stopping", Theme.BUSY);
      case ContainerState.Restarting s -> new Cell("◌ restarting", Theme.BUSY);
      case ContainerState.Exited s when s.exitCode() == 0 -> new Cell("✓ exited 0", Theme.FAINT);
      case ContainerState.Exited s -> new Cell("✗ exited " + s.exitCode(), Theme.BAD);
      case ContainerState.Failed s -> new Cell("✗ failed", Theme.BAD);
    };
  }

  /** Memory over the last samples, from zero to the highest of them. */
  private static Cell spark(ContainerRow row) {
    if (row.memoryBytes().isEmpty()) {
      return new Cell("", Theme.PLAIN);
    }
    long ceiling = row.memoryHistory().stream().mapToLong(Long::longValue).max().orElse(0);
    return new Cell(
        Units.sparkline(row.memoryHistory(), ceiling + ceiling / 8, SPARK_WIDTH), Theme.METER);
  }

  /** Without the default registry, as people write it. */
  static String shortReference(String reference) {
    String text = reference;
    for (String prefix : new String[] {"docker.io/library/", "docker.io/"}) {
      if (text.startsWith(prefix)) {
        text = text.substring(prefix.length());
        break;
      }
    }
    return text.startsWith("sha256:") ? shortDigest(text) : text;
  }

  static String shortDigest(String digest) {
    String hex = digest.substring(digest.indexOf(':') + 1);
    return hex.length() > 12 ? hex.substring(0, 12) : hex;
  }
}
