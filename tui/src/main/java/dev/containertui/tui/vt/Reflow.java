package dev.containertui.tui.vt;

import java.util.AbstractList;
import java.util.List;

/**
 * Another size for the main screen: rows that a text was cut into are joined and cut anew, in the
 * history too, and the cursor stays at its character.
 */
final class Reflow {
  private final int columns;
  private final Scrollback result;
  private final List<Place> places;

  /** A position that moves with the text. */
  private static final class Place {
    final Cursor cursor;
    int row;
    int column;
    boolean pending;

    Place(Cursor cursor, int row) {
      this.cursor = cursor;
      this.row = row;
      column = cursor.column;
      pending = cursor.wrapPending;
    }
  }

  /**
   * @param limit rows that are kept; of more, the oldest are forgotten on the way, because one old
   *     row can become a hundred
   */
  private Reflow(int columns, int limit, List<Place> places) {
    this.columns = columns;
    this.places = places;
    result = new Scrollback(limit, Integer.MAX_VALUE);
  }

  /**
   * Gives {@code grid} a new size.
   *
   * <p>When rows are lost, empty ones below the cursor go first, then those at the top, into
   * history, and when the cursor has come to the top, those at the bottom, for good. When rows are
   * won, history comes back.
   *
   * @param cursor stays visible
   * @param saved moves with the text too; may be the same
   */
  static void resize(
      Grid grid, Scrollback history, int columns, int rows, Cursor cursor, Cursor saved) {
    int oldTop = history.size();
    int used = Math.min(cursor.row, grid.rows() - 1) + 1;
    for (int y = 0; y < grid.rows(); y++) {
      if (!grid.line(y).isBlank()) {
        used = Math.max(used, y + 1);
      }
    }
    int blank = grid.rows() - used;
    Cursor corner = new Cursor();
    List<Place> places =
        List.of(
            new Place(cursor, oldTop + Math.min(cursor.row, grid.rows() - 1)),
            new Place(saved, oldTop + Math.min(saved.row, used - 1)),
            new Place(corner, oldTop));
    // What lies below the cursor is at most a screen, and at worst one cell in each row.
    int limit = history.capacity() + rows + grid.rows() * grid.columns();
    Reflow reflow = new Reflow(columns, limit, places);
    reflow.cut(rows(history, grid, oldTop + used));

    int total = reflow.rows();
    int top = total + Math.max(0, blank - Math.max(0, grid.rows() - rows)) - rows;
    int cornerRow = places.getLast().row;
    if (top > cornerRow) {
      top = Math.max(cornerRow, total - rows);
    }
    top = Math.max((int) reflow.result.forgotten(), Math.min(top, places.getFirst().row));
    Line[] screen = new Line[rows];
    for (int y = 0; y < rows; y++) {
      boolean kept = top + y < total;
      screen[y] = kept ? reflow.row(top + y).fitted(columns) : new Line(columns);
    }
    if (top + rows < total) {
      screen[rows - 1].setWrapped(false);
    }
    history.replace(reflow.result, top - (int) reflow.result.forgotten());
    grid.replace(screen, columns);
    for (Place place : places) {
      place.cursor.row = Math.clamp(place.row - top, 0, rows - 1);
      place.cursor.column = Math.min(place.column, columns - 1);
      place.cursor.wrapPending = place.pending;
    }
  }

  /** Rows of history and screen; those of the history are unpacked when they are asked for. */
  private static List<Line> rows(Scrollback history, Grid grid, int count) {
    return new AbstractList<>() {
      @Override
      public Line get(int row) {
        return row < history.size() ? history.get(row) : grid.line(row - history.size());
      }

      @Override
      public int size() {
        return count;
      }
    };
  }

  /** How many rows there are, the forgotten ones too. */
  private int rows() {
    return (int) result.forgotten() + result.size();
  }

  private Line row(int number) {
    return result.get(number - (int) result.forgotten());
  }

  private void cut(List<Line> old) {
    int[] rows = places.stream().mapToInt(p -> p.row).toArray();
    int first = 0;
    while (first < old.size()) {
      int last = first;
      while (last < old.size() - 1 && old.get(last).isWrapped()) {
        last++;
      }
      cut(old.subList(first, last + 1), first, rows);
      first = last + 1;
    }
  }

  /** Cuts one text, which lies in {@code rows}; the first of them has number {@code number}. */
  private void cut(List<Line> rows, int number, int[] placed) {
    Line out = new Line(columns);
    int x = 0;
    for (int i = 0; i < rows.size(); i++) {
      Line row = rows.get(i);
      boolean last = i == rows.size() - 1;
      int end = last ? row.contentEnd() : row.joinedEnd(rows.get(i + 1));
      int from = 0;
      while (from < end) {
        int n = Math.min(end - from, columns - x);
        if (n > 0 && from + n < end && row.glyph(from + n) == Line.SPACER) {
          n--; // a wide character stays whole
        }
        if (n == 0) {
          if (x == 0) {
            // One column: there is no room for a wide character anywhere.
            place(placed, number + i, from, from + 1, x);
            place(placed, number + i, from + 1, from + 2, x);
            from += 2;
            continue;
          }
          out.setWrapped(true);
          result.push(out);
          out = new Line(columns);
          x = 0;
          continue;
        }
        out.copy(row, from, x, n);
        place(placed, number + i, from, from + n, x);
        from += n;
        x += n;
      }
      place(placed, number + i, end, Integer.MAX_VALUE, x);
      if (last) {
        // Coloured emptiness behind the text, as far as there is room.
        int tail = Math.min(row.columns() - end, columns - x);
        if (tail > 0) {
          out.copy(row, end, x, tail);
        }
      }
    }
    result.push(out);
  }

  /** Moves the places in cells {@code from} to before {@code to} of an old row to column x. */
  private void place(int[] placed, int row, int from, int to, int x) {
    for (int i = 0; i < placed.length; i++) {
      Place place = places.get(i);
      int column = place.cursor.column;
      if (placed[i] == row && column >= from && column < to) {
        int moved = x + column - from + (place.pending ? 1 : 0);
        place.row = rows();
        place.pending = moved == columns;
        place.column = Math.min(moved, columns - 1);
      }
    }
  }
}
