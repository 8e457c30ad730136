package dev.containertui.tui.widget;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.CharWidth;
import dev.containertui.tui.vt.Style;
import java.util.List;

/** A framed table with a selected row. Only the rows in sight are looked at. */
public final class TableView {
  /** Two cells for the marks of selection and marking at the left, one free at the right. */
  private static final int MARGIN = 3;

  private TableView() {}

  /**
   * @param emptyReason why there is nothing, and what to press
   */
  public static <R> void draw(
      Canvas canvas,
      Rect rect,
      Theme theme,
      Table<R> table,
      TableState state,
      List<R> all,
      List<String> emptyReason,
      boolean focused) {
    List<R> rows = table.rows(state, all);
    canvas.box(
        rect,
        title(table.title(), state, rows.size(), all.size()),
        theme.style(focused ? Look.BORDER_FOCUSED : Look.BORDER),
        theme.style(focused ? Look.TITLE : Look.FAINT));
    shown(canvas, rect.inset(1), theme, table, state, rows, emptyReason, focused);
  }

  /** The same without a frame: what is in it. The scroll mark lies beside {@code inside}. */
  public static <R> void rows(
      Canvas canvas,
      Rect inside,
      Theme theme,
      Table<R> table,
      TableState state,
      List<R> all,
      List<String> emptyReason,
      boolean focused) {
    shown(canvas, inside, theme, table, state, table.rows(state, all), emptyReason, focused);
  }

  private static <R> void shown(
      Canvas canvas,
      Rect inside,
      Theme theme,
      Table<R> table,
      TableState state,
      List<R> rows,
      List<String> emptyReason,
      boolean focused) {
    if (inside.isEmpty()) {
      return;
    }
    if (rows.isEmpty()) {
      message(canvas, inside, theme, emptyReason);
      return;
    }
    List<Column.Placed<R>> placed = Column.place(table.columns(), inside.width() - MARGIN);
    int x = inside.x() + 2;
    for (Column.Placed<R> p : placed) {
      String heading = heading(p.column(), state);
      text(canvas, theme, x, inside.y(), p, new Column.Cell(heading, Look.COLUMN));
      x += p.width() + Column.GAP;
    }
    int height = inside.height() - 1;
    int selected = table.index(state, rows);
    int first = firstRow(selected, rows.size(), height);
    for (int i = 0; i < height && first + i < rows.size(); i++) {
      R row = rows.get(first + i);
      row(canvas, theme, inside, i + 1, placed, row);
      Rect line = new Rect(inside.x(), inside.y() + 1 + i, inside.width(), 1);
      if (state.marked().contains(table.key().apply(row))) {
        canvas.text(line.x() + 1, line.y(), "*", theme.style(Look.MARKED));
      }
      if (first + i == selected) {
        select(canvas, theme, line, focused);
      }
    }
    scrollMark(canvas, inside.inset(-1), theme, first, height, rows.size());
  }

  /** How many rows there are, are shown and are marked, in a few words. */
  public static <R> String status(Table<R> table, TableState state, List<R> all) {
    return title("", state, table.rows(state, all).size(), all.size()).strip();
  }

  /** Which of the rows shown lies under a cell; -1: none, -2: the headings. */
  public static <R> int rowAt(
      Rect rect, Table<R> table, TableState state, List<R> all, int column, int row) {
    Rect inside = rect.inset(1);
    if (column < inside.x()
        || column >= inside.x() + inside.width()
        || row < inside.y()
        || row >= inside.y() + inside.height()) {
      return -1;
    }
    if (row == inside.y()) {
      return -2;
    }
    List<R> rows = table.rows(state, all);
    int first = firstRow(table.index(state, rows), rows.size(), inside.height() - 1);
    int index = first + row - inside.y() - 1;
    return index < rows.size() ? index : -1;
  }

  /** The title of the column whose heading lies under a cell; empty if none. */
  public static <R> String headingAt(Rect rect, Table<R> table, int column) {
    Rect inside = rect.inset(1);
    int x = inside.x() + 2;
    for (Column.Placed<R> p : Column.place(table.columns(), inside.width() - MARGIN)) {
      if (column >= x && column < x + p.width()) {
        return p.column().title();
      }
      x += p.width() + Column.GAP;
    }
    return "";
  }

  private static String title(String title, TableState state, int shown, int all) {
    String count =
        state.filter().isEmpty() ? " " + all : " " + shown + " of " + all + "  /" + filter(state);
    int marked = state.marked().size();
    return title + count + (marked == 0 ? "" : "  " + marked + " marked");
  }

  private static String filter(TableState state) {
    return state.filter().text() + state.filter().problem().map(p -> "  (" + p + ")").orElse("");
  }

  private static <R> String heading(Column<R> column, TableState state) {
    if (!column.title().equals(state.sort()) || column.order().isEmpty()) {
      return column.title();
    }
    String arrow = state.descending() ? "▼" : "▲";
    return CharWidth.of(column.title()) + 1 > column.min()
        ? arrow + column.title().substring(1)
        : column.title() + arrow;
  }

  private static <R> void row(
      Canvas canvas, Theme theme, Rect inside, int offset, List<Column.Placed<R>> placed, R row) {
    int x = inside.x() + 2;
    for (Column.Placed<R> p : placed) {
      text(canvas, theme, x, inside.y() + offset, p, p.column().cell().apply(row));
      x += p.width() + Column.GAP;
    }
  }

  private static <R> void text(
      Canvas canvas, Theme theme, int x, int y, Column.Placed<R> p, Column.Cell cell) {
    long style = theme.style(cell.look());
    switch (p.column().fit()) {
      case LEFT -> canvas.text(x, y, p.width(), cell.text(), style);
      case RIGHT -> canvas.right(x, y, p.width(), cell.text(), style);
      case TAIL -> canvas.textEnd(x, y, p.width(), cell.text(), style);
    }
  }

  /** A mark in the margin and inverse video; only the mark if the keyboard is elsewhere. */
  private static void select(Canvas canvas, Theme theme, Rect row, boolean focused) {
    canvas.text(row.x(), row.y(), "▸", theme.style(Look.STRONG));
    if (focused) {
      selection(canvas, theme, row);
    }
  }

  /** Shows that a line is selected, by attributes and by a background if the theme has one. */
  public static void selection(Canvas canvas, Theme theme, Rect row) {
    long look = theme.style(Look.SELECTION);
    int background = Style.background(look);
    canvas.restyle(
        row,
        style -> {
          long changed = style & ~Style.DIM | look & Style.FLAGS;
          return background == Style.DEFAULT_COLOR
              ? changed
              : Style.withBackground(changed, background);
        });
  }

  /** Keeps the selected row in sight, in the middle where it can be. */
  public static int firstRow(int selected, int rows, int height) {
    return Math.clamp(selected - height / 2, 0, Math.max(0, rows - height));
  }

  public static void scrollMark(
      Canvas canvas, Rect rect, Theme theme, int first, int height, int rows) {
    if (rows <= height || height <= 0) {
      return;
    }
    int y = rect.y() + 1 + (int) ((long) first * (height - 1) / Math.max(1, rows - height));
    canvas.text(rect.x() + rect.width() - 1, y, "┃", theme.style(Look.STRONG));
  }

  /** Lines in the middle of an empty pane; the first is the reason, the rest what to do. */
  public static void message(Canvas canvas, Rect inside, Theme theme, List<String> lines) {
    int y = inside.y() + Math.max(0, (inside.height() - lines.size()) / 2);
    for (int i = 0; i < lines.size() && y + i < inside.y() + inside.height(); i++) {
      String line = lines.get(i);
      int width = Math.min(inside.width(), CharWidth.of(line));
      canvas.text(
          inside.x() + (inside.width() - width) / 2,
          y + i,
          width,
          line,
          theme.style(i == 0 ? Look.STRONG : Look.FAINT));
    }
  }
}
