package dev.containertui.tui.view;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.vt.Style;
import java.util.List;

/** A framed table with a selected row. */
final class TableView {
  private TableView() {}

  static <R> void draw(
      Canvas canvas,
      Rect rect,
      String title,
      List<Column<R>> columns,
      TableModel<R> table,
      boolean focused) {
    canvas.box(
        rect,
        title(title, table),
        focused ? Theme.BORDER_FOCUSED : Theme.BORDER,
        focused ? Theme.TITLE : Theme.FAINT);
    Rect inside = rect.inset(1);
    if (inside.isEmpty()) {
      return;
    }
    if (table.rows().isEmpty()) {
      message(canvas, inside, table.emptyReason());
      return;
    }
    // Two cells for the selection's mark, one free at the right.
    List<Column.Placed<R>> placed = Column.place(columns, inside.width() - 3);
    int x = inside.x() + 2;
    for (Column.Placed<R> p : placed) {
      text(canvas, x, inside.y(), p, new Column.Cell(p.column().title(), Theme.COLUMN));
      x += p.width() + Column.GAP;
    }
    int height = inside.height() - 1;
    int first = firstRow(table.selected(), table.rows().size(), height);
    for (int i = 0; i < height && first + i < table.rows().size(); i++) {
      row(canvas, inside, i + 1, placed, table.rows().get(first + i));
      if (first + i == table.selected()) {
        select(canvas, new Rect(inside.x(), inside.y() + 1 + i, inside.width(), 1), focused);
      }
    }
    scrollMark(canvas, rect, first, height, table.rows().size());
  }

  private static <R> String title(String title, TableModel<R> table) {
    if (table.filter().isEmpty()) {
      return title + " " + table.total();
    }
    return title + " " + table.rows().size() + " of " + table.total() + "  /" + table.filter();
  }

  private static <R> void row(
      Canvas canvas, Rect inside, int offset, List<Column.Placed<R>> placed, R row) {
    int x = inside.x() + 2;
    for (Column.Placed<R> p : placed) {
      text(canvas, x, inside.y() + offset, p, p.column().cell().apply(row));
      x += p.width() + Column.GAP;
    }
  }

  private static <R> void text(Canvas canvas, int x, int y, Column.Placed<R> p, Column.Cell cell) {
    switch (p.column().fit()) {
      case LEFT -> canvas.text(x, y, p.width(), cell.text(), cell.style());
      case RIGHT -> canvas.right(x, y, p.width(), cell.text(), cell.style());
      case TAIL -> canvas.textEnd(x, y, p.width(), cell.text(), cell.style());
    }
  }

  /** A mark in the margin and inverse video; only the mark if the keyboard is elsewhere. */
  private static void select(Canvas canvas, Rect row, boolean focused) {
    canvas.text(row.x(), row.y(), "▸", Theme.STRONG);
    if (focused) {
      canvas.restyle(row, style -> style & ~Style.DIM | Style.INVERSE);
    }
  }

  /** Keeps the selected row in sight, in the middle where it can be. */
  private static int firstRow(int selected, int rows, int height) {
    return Math.clamp(selected - height / 2, 0, Math.max(0, rows - height));
  }

  static void scrollMark(Canvas canvas, Rect rect, int first, int height, int rows) {
    if (rows <= height || height <= 0) {
      return;
    }
    int y = rect.y() + 1 + (int) ((long) first * (height - 1) / Math.max(1, rows - height));
    canvas.text(rect.x() + rect.width() - 1, y, "┃", Theme.STRONG);
  }

  /** Lines in the middle of an empty pane; the first is the reason, the rest what to do. */
  static void message(Canvas canvas, Rect inside, List<String> lines) {
    int y = inside.y() + Math.max(0, (inside.height() - lines.size()) / 2);
    for (int i = 0; i < lines.size() && y + i < inside.y() + inside.height(); i++) {
      String line = lines.get(i);
      int width = Math.min(inside.width(), dev.containertui.tui.vt.CharWidth.of(line));
      canvas.text(
          inside.x() + (inside.width() - width) / 2,
          y + i,
          width,
          line,
          i == 0 ? Theme.STRONG : Theme.FAINT);
    }
  }
}
