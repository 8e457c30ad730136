package dev.containertui.tui.draw;

import dev.containertui.tui.vt.Style;

/**
 * One picture of the whole screen: a grid of cells and where the cursor is. Immutable; made with
 * {@link Canvas}.
 */
public final class Frame {
  private final int columns;
  private final int rows;
  private final String[] glyphs;
  private final long[] styles;
  private final int cursorColumn;
  private final int cursorRow;

  Frame(int columns, int rows, String[] glyphs, long[] styles, int cursorColumn, int cursorRow) {
    this.columns = columns;
    this.rows = rows;
    this.glyphs = glyphs;
    this.styles = styles;
    this.cursorColumn = cursorColumn;
    this.cursorRow = cursorRow;
  }

  public int columns() {
    return columns;
  }

  public int rows() {
    return rows;
  }

  /** What a cell shows; empty behind a wide character. */
  public String glyph(int column, int row) {
    return glyphs[row * columns + column];
  }

  /** A {@link Style}. */
  public long style(int column, int row) {
    return styles[row * columns + column];
  }

  public boolean hasCursor() {
    return cursorColumn >= 0;
  }

  public int cursorColumn() {
    return cursorColumn;
  }

  public int cursorRow() {
    return cursorRow;
  }

  /** The rows' text, without spaces at their ends, a newline after each. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < rows; y++) {
      StringBuilder row = new StringBuilder();
      for (int x = 0; x < columns; x++) {
        row.append(glyphs[y * columns + x]);
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
