package dev.containertui.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows and columns of text, laid out for a terminal.
 *
 * @param rows each as long as {@code columns}
 */
public record Table(List<Column> columns, List<List<Cell>> rows) implements View {
  /** A table without column titles is drawn without a heading. */
  public record Column(String title, boolean alignRight) {
    public static Column left(String title) {
      return new Column(title, false);
    }

    public static Column right(String title) {
      return new Column(title, true);
    }
  }

  /** Columns are not made narrower than this for the sake of fitting. */
  private static final int NARROWEST = 6;

  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  @Override
  public String render(Style style) {
    int[] widths = widths(style);
    List<String> lines = new ArrayList<>();
    boolean titled = columns.stream().anyMatch(c -> !c.title().isEmpty());
    List<Cell> titles = columns.stream().map(c -> new Cell(c.title(), Tone.TITLE)).toList();
    if (!style.unicode()) {
      if (titled) {
        lines.add(row(titles, widths, style, "", "  ", ""));
      }
      rows.forEach(row -> lines.add(row(row, widths, style, "", "  ", "")));
      return String.join("\n", lines);
    }
    lines.add(rule(widths, style, "╭─", "─┬─", "─╮"));
    if (titled) {
      lines.add(row(titles, widths, style, "│ ", " │ ", " │"));
      lines.add(rule(widths, style, "├─", "─┼─", "─┤"));
    }
    rows.forEach(row -> lines.add(row(row, widths, style, "│ ", " │ ", " │")));
    lines.add(rule(widths, style, "╰─", "─┴─", "─╯"));
    return String.join("\n", lines);
  }

  private int[] widths(Style style) {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = SafeText.width(columns.get(i).title());
      for (List<Cell> row : rows) {
        widths[i] = Math.max(widths[i], SafeText.width(row.get(i).text()));
      }
    }
    int frame = style.unicode() ? 3 * widths.length + 1 : 2 * (widths.length - 1);
    long excess = frame - (long) style.width();
    for (int width : widths) {
      excess += width;
    }
    while (excess > 0) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
      excess--;
    }
    return widths;
  }

  private String row(
      List<Cell> cells, int[] widths, Style style, String left, String between, String right) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      String text = SafeText.clip(cell.text(), widths[i], style.unicode() ? "…" : "~");
      String pad = " ".repeat(widths[i] - SafeText.width(text));
      boolean last = i == cells.size() - 1 && right.isEmpty();
      String painted = style.paint(cell.tone(), text);
      parts.add(columns.get(i).alignRight() ? pad + painted : last ? painted : painted + pad);
    }
    String line =
        style.paint(Tone.DIM, left)
            + String.join(style.paint(Tone.DIM, between), parts)
            + style.paint(Tone.DIM, right);
    return line.stripTrailing();
  }

  private static String rule(int[] widths, Style style, String left, String between, String right) {
    List<String> parts = new ArrayList<>();
    for (int width : widths) {
      parts.add("─".repeat(width));
    }
    return style.paint(Tone.DIM, left + String.join(between, parts) + right);
  }
}
