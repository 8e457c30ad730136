package dev.containertui.view;

import dev.containertui.view.Table.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * Horizontal bars on one scale, each with a name and its figures as text.
 *
 * @param columns titles of the texts; the first is the bars' names
 */
public record Chart(List<Column> columns, List<Bar> bars) implements View {
  private static final int BAR_CELLS = 24;

  /**
   * A bar from one point of the scale to another.
   *
   * @param cells one for each of the chart's columns
   * @param from where it begins, at least 0
   * @param to where it ends
   */
  public record Bar(List<Cell> cells, double from, double to) {
    public Bar {
      cells = List.copyOf(cells);
    }

    /** A bar that begins at the scale's beginning. */
    public static Bar of(double length, Cell... cells) {
      return new Bar(List.of(cells), 0, length);
    }
  }

  public Chart {
    columns = List.copyOf(columns);
    bars = List.copyOf(bars);
  }

  @Override
  public String render(Style style) {
    double end = bars.stream().mapToDouble(Bar::to).max().orElse(0);
    List<Column> all = new ArrayList<>(columns);
    all.add(Column.left(""));
    List<List<Cell>> rows = new ArrayList<>();
    for (Bar bar : bars) {
      List<Cell> row = new ArrayList<>(bar.cells());
      row.add(new Cell(drawn(bar, end, style.unicode() ? "█" : "#"), Tone.GOOD));
      rows.add(row);
    }
    return new Table(all, rows).render(style);
  }

  /** What is more than nothing shows, however short it is. */
  private static String drawn(Bar bar, double end, String block) {
    if (end <= 0 || bar.to() <= bar.from()) {
      return "";
    }
    int from = (int) Math.min(BAR_CELLS - 1, Math.round(bar.from() / end * BAR_CELLS));
    int to = (int) Math.round(bar.to() / end * BAR_CELLS);
    return " ".repeat(from) + block.repeat(Math.clamp(to - from, 1, BAR_CELLS));
  }
}
