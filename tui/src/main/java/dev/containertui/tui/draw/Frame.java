package dev.containertui.tui.draw;

import dev.containertui.tui.vt.Style;
import java.util.function.UnaryOperator;

/**
 * One picture of the whole screen: a grid of cells and where the cursor is. Immutable; made with
 * {@link Canvas}.
 */
public final class Frame {
  private final int columns;
  private final int rows;
  private final String[] glyphs;
  private final long[] styles;
  private final int[] underlineColors; // null: none has a colour of its own
  private final int cursorColumn;
  private final int cursorRow;
  private final int cursorShape;
  private final boolean movementTracked;

  Frame(
      int columns,
      int rows,
      String[] glyphs,
      long[] styles,
      int[] underlineColors,
      int cursorColumn,
      int cursorRow,
      int cursorShape,
      boolean movementTracked) {
    this.columns = columns;
    this.rows = rows;
    this.glyphs = glyphs;
    this.styles = styles;
    this.underlineColors = underlineColors;
    this.cursorColumn = cursorColumn;
    this.cursorRow = cursorRow;
    this.cursorShape = cursorShape;
    this.movementTracked = movementTracked;
  }

  /** The same with other glyphs, of one cell each; what was wide is followed by a space. */
  Frame withGlyphs(UnaryOperator<String> change) {
    String[] changed = glyphs.clone();
    for (int i = 0; i < changed.length; i++) {
      changed[i] = changed[i].isEmpty() ? " " : change.apply(changed[i]);
    }
    return new Frame(
        columns,
        rows,
        changed,
        styles,
        underlineColors,
        cursorColumn,
        cursorRow,
        cursorShape,
        movementTracked);
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

  /** The colour of a cell's underline; {@link Style#DEFAULT_COLOR}: that of its text. */
  public int underlineColor(int column, int row) {
    return underlineColors == null ? Style.DEFAULT_COLOR : underlineColors[row * columns + column];
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

  /** DECSCUSR's value, 0–6; 0: as the terminal has it. */
  public int cursorShape() {
    return cursorShape;
  }

  /** Whether the terminal is to tell of the mouse also when no button is pressed. */
  public boolean isMovementTracked() {
    return movementTracked;
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
