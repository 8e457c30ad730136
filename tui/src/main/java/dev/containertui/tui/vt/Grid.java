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
      Line line = lines[top];
      System.arraycopy(lines, top + 1, lines, top, bottom - top);
      line.erase(0, columns, style);
      lines[bottom] = line;
    }
  }

  void scrollDown(int top, int bottom, int count, long style) {
    int n = Math.min(count, bottom - top + 1);
    for (int i = 0; i < n; i++) {
      Line line = lines[bottom];
      System.arraycopy(lines, top, lines, top + 1, bottom - top);
      line.erase(0, columns, style);
      lines[top] = line;
    }
  }

  /** Takes rows out without making them history. */
  void deleteLines(int row, int bottom, int count, long style) {
    int n = Math.min(count, bottom - row + 1);
    for (int i = 0; i < n; i++) {
      Line line = lines[row];
      System.arraycopy(lines, row + 1, lines, row, bottom - row);
      line.erase(0, columns, style);
      lines[bottom] = line;
    }
  }

  void insertCells(int row, int column, int count, long style) {
    Line line = lines[row];
    int n = Math.min(count, columns - column);
    line.move(column, column + n, columns - column - n);
    line.erase(column, column + n, style);
    line.repair(column);
    line.repair(column + n);
    line.repair(columns);
  }

  void deleteCells(int row, int column, int count, long style) {
    Line line = lines[row];
    int n = Math.min(count, columns - column);
    line.move(column + n, column, columns - column - n);
    line.erase(columns - n, columns, style);
    line.repair(column);
    line.repair(columns - n);
  }

  /** Empties cells {@code from} to before {@code to} of a row. */
  void erase(int row, int from, int to, long style) {
    lines[row].erase(from, to, style);
    lines[row].repair(from);
    lines[row].repair(to);
  }

  void eraseRows(int from, int to, long style) {
    for (int y = from; y < to; y++) {
      lines[y].erase(0, columns, style);
    }
  }

  /** Puts a character of {@code width} 1 or 2 at a place where it fits. */
  void put(int row, int column, int codePoint, int width, long style) {
    Line line = lines[row];
    line.set(column, codePoint, style);
    if (width == 2) {
      line.set(column + 1, Line.SPACER, style);
    }
    line.repair(column);
    line.repair(column + width);
  }

  void fill(int codePoint) {
    for (Line line : lines) {
      for (int x = 0; x < columns; x++) {
        line.set(x, codePoint, Style.PLAIN);
      }
    }
  }

  /**
   * Changes the size; rows are cropped or filled, not reflowed. When rows are lost, empty ones
   * below the cursor go first, then those at the top, into history; when rows are won, history
   * comes back.
   *
   * @return by how many rows the content moved down, negative: up
   */
  int resize(int newColumns, int newRows, int cursorRow) {
    int shift = 0;
    Line[] next = new Line[newRows];
    int old = lines.length;
    if (newRows < old) {
      int surplus = old - newRows;
      int last = old - 1;
      while (surplus > 0 && last > cursorRow && (history == null || lines[last].isBlank())) {
        last--;
        surplus--;
      }
      for (int y = 0; y < surplus && history != null; y++) {
        history.push(lines[y]);
      }
      System.arraycopy(lines, surplus, next, 0, newRows);
      shift = -surplus;
    } else {
      int back = history == null ? 0 : Math.min(newRows - old, history.size());
      for (int y = back - 1; y >= 0; y--) {
        next[y] = history.pop();
      }
      System.arraycopy(lines, 0, next, back, old);
      shift = back;
    }
    for (int y = 0; y < newRows; y++) {
      if (next[y] == null) {
        next[y] = new Line(newColumns);
      } else if (next[y].columns() != newColumns) {
        next[y].resize(newColumns);
      }
    }
    lines = next;
    columns = newColumns;
    return shift;
  }
}
