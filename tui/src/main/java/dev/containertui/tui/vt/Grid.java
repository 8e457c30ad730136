package dev.containertui.tui.vt;

/**
 * The rows of one screen buffer and the operations that move or empty cells. It knows no cursor:
 * positions are arguments, already clipped to the grid. Rows {@code top} to {@code bottom} are both
 * inside.
 */
final class Grid {
  private final Scrollback history; // null: rows that leave are gone
  private Line[] lines;
  private int columns;

  Grid(int columns, int rows, Scrollback history) {
    this.columns = columns;
    this.history = history;
    lines = new Line[rows];
    for (int y = 0; y < rows; y++) {
      lines[y] = new Line(columns);
    }
  }

  int columns() {
    return columns;
  }

  int rows() {
    return lines.length;
  }

  Line line(int row) {
    return lines[row];
  }

  /** Moves rows up by {@code count}; what leaves the top of the screen becomes history. */
  void scrollUp(int top, int bottom, int count, long style) {
    int n = Math.min(count, bottom - top + 1);
    for (int i = 0; i < n; i++) {
      if (top == 0 && history != null) {
        history.push(lines[0]);
      }
      rotateUp(top, bottom, style);
    }
    if (top > 0) {
      endTextBefore(top);
    }
    endTextWithin(top, bottom, n);
  }

  /** As {@link #scrollUp} by one row, while a text goes on from the last row into the new one. */
  void scrollForWrap(int top, int bottom, long style) {
    if (top == 0 && history != null) {
      history.push(lines[0]);
    }
    rotateUp(top, bottom, style);
    if (top > 0) {
      endTextBefore(top);
    }
  }

  /** Takes rows out without making them history. */
  void deleteLines(int row, int bottom, int count, long style) {
    int n = Math.min(count, bottom - row + 1);
    for (int i = 0; i < n; i++) {
      rotateUp(row, bottom, style);
    }
    endTextBefore(row);
    endTextWithin(row, bottom, n);
  }

  private void rotateUp(int top, int bottom, long style) {
    Line line = lines[top];
    System.arraycopy(lines, top + 1, lines, top, bottom - top);
    line.erase(0, columns, style);
    lines[bottom] = line;
  }

  void scrollDown(int top, int bottom, int count, long style) {
    int n = Math.min(count, bottom - top + 1);
    for (int i = 0; i < n; i++) {
      Line line = lines[bottom];
      System.arraycopy(lines, top, lines, top + 1, bottom - top);
      line.erase(0, columns, style);
      lines[top] = line;
    }
    endTextBefore(top);
    lines[bottom].setWrapped(false);
  }

  /** The row is another one now: a text that went on in it ends in the row before it. */
  private void endTextBefore(int row) {
    if (row > 0) {
      lines[row - 1].setWrapped(false);
    } else if (history != null) {
      history.endText();
    }
  }

  /** Rows have moved up by {@code count}: the last of them is followed by an empty one now. */
  private void endTextWithin(int top, int bottom, int count) {
    if (count <= bottom - top) {
      lines[bottom - count].setWrapped(false);
    }
  }

  void insertCells(int row, int column, int count, long style) {
    lines[row].insert(column, count, style);
  }

  void deleteCells(int row, int column, int count, long style) {
    lines[row].delete(column, count, style);
  }

  /** Empties cells {@code from} to before {@code to} of a row. */
  void erase(int row, int from, int to, long style) {
    lines[row].erase(from, to, style);
  }

  void eraseRows(int from, int to, long style) {
    if (from < to) {
      endTextBefore(from);
    }
    for (int y = from; y < to; y++) {
      lines[y].erase(0, columns, style);
    }
  }

  void fill(int codePoint) {
    for (Line line : lines) {
      line.fill(codePoint);
    }
  }

  /**
   * Changes the size without moving text to other rows: for the alternate screen, whose program
   * draws it anew. When rows are lost, those below the cursor go first, then those at the top.
   *
   * @return by how many rows the content moved up
   */
  int crop(int newColumns, int newRows, int cursorRow) {
    int shift = Math.max(0, cursorRow - newRows + 1);
    Line[] next = new Line[newRows];
    for (int y = 0; y < newRows; y++) {
      boolean kept = y + shift < lines.length;
      next[y] = kept ? lines[y + shift].fitted(newColumns) : new Line(newColumns);
    }
    lines = next;
    columns = newColumns;
    return shift;
  }

  /** Takes other rows, all of the same width. */
  void replace(Line[] rows, int newColumns) {
    lines = rows;
    columns = newColumns;
  }
}
