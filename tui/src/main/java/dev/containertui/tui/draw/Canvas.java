package dev.containertui.tui.draw;

import dev.containertui.tui.vt.CharWidth;
import dev.containertui.tui.vt.Line;
import dev.containertui.tui.vt.Style;
import dev.containertui.tui.vt.TerminalView;
import dev.containertui.view.SafeText;
import java.util.Arrays;

/**
 * A picture in the making. Whatever lies outside is clipped; text is cleaned, because names and
 * messages come from registries and guests: controls and invisible characters never reach a cell.
 */
public final class Canvas {
  private static final String ELLIPSIS = "…";
  private static final String[] ASCII = new String[128];

  static {
    for (int i = 0; i < ASCII.length; i++) {
      ASCII[i] = Character.toString(i);
    }
  }

  private final int columns;
  private final int rows;
  private final String[] glyphs;
  private final long[] styles;
  private int[] underlineColors;
  private int cursorColumn = -1;
  private int cursorRow = -1;
  private int cursorShape;
  private boolean movementTracked;

  public Canvas(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
    glyphs = new String[columns * rows];
    styles = new long[columns * rows];
    Arrays.fill(glyphs, " ");
  }

  public int columns() {
    return columns;
  }

  public int rows() {
    return rows;
  }

  /** Empties a part. */
  public void fill(Rect rect, long style) {
    for (int y = rect.y(); y < rect.y() + rect.height(); y++) {
      for (int x = rect.x(); x < rect.x() + rect.width(); x++) {
        put(x, y, " ", 1, style);
      }
    }
  }

  /**
   * Writes text on one row.
   *
   * @return the column behind its end
   */
  public int text(int x, int y, String text, long style) {
    return text(x, y, columns - x, text, style);
  }

  /**
   * Writes text into {@code width} cells; if it is longer, {@code …} takes the place of its end.
   *
   * @return the column behind its end
   */
  public int text(int x, int y, int width, String text, long style) {
    String fitted = fit(clean(text), width);
    int column = x;
    for (int i = 0; i < fitted.length(); ) {
      int codePoint = fitted.codePointAt(i);
      int cells = CharWidth.of(codePoint);
      put(column, y, glyph(codePoint), cells, style);
      column += cells;
      i += Character.charCount(codePoint);
    }
    return column;
  }

  /** Writes text so that it ends at the right edge of {@code width} cells. */
  public void right(int x, int y, int width, String text, long style) {
    String fitted = fit(clean(text), width);
    text(x + width - CharWidth.of(fitted), y, fitted, style);
  }

  /**
   * Writes text into {@code width} cells; if it is longer, {@code …} takes the place of its start.
   */
  public void textEnd(int x, int y, int width, String text, long style) {
    String clean = clean(text);
    text(
        x,
        y,
        width,
        CharWidth.of(clean) <= width ? clean : ELLIPSIS + end(clean, width - 1),
        style);
  }

  /** As much of the end of a text as fits. */
  private static String end(String text, int width) {
    int start = text.length();
    int used = 0;
    while (start > 0) {
      int codePoint = text.codePointBefore(start);
      used += CharWidth.of(codePoint);
      if (used > width) {
        break;
      }
      start -= Character.charCount(codePoint);
    }
    return text.substring(start);
  }

  /** Adds flags or colours to cells that are there already, for example of a selected row. */
  public void restyle(Rect rect, java.util.function.LongUnaryOperator change) {
    for (int y = Math.max(0, rect.y()); y < Math.min(rows, rect.y() + rect.height()); y++) {
      for (int x = Math.max(0, rect.x()); x < Math.min(columns, rect.x() + rect.width()); x++) {
        styles[y * columns + x] = change.applyAsLong(styles[y * columns + x]);
      }
    }
  }

  /** Draws a frame of lines around a part, with a title in its upper edge. */
  public void box(Rect rect, String title, long lines, long titleStyle) {
    if (rect.width() < 2 || rect.height() < 2) {
      return;
    }
    int right = rect.x() + rect.width() - 1;
    int bottom = rect.y() + rect.height() - 1;
    for (int x = rect.x() + 1; x < right; x++) {
      put(x, rect.y(), "─", 1, lines);
      put(x, bottom, "─", 1, lines);
    }
    for (int y = rect.y() + 1; y < bottom; y++) {
      put(rect.x(), y, "│", 1, lines);
      put(right, y, "│", 1, lines);
    }
    put(rect.x(), rect.y(), "╭", 1, lines);
    put(right, rect.y(), "╮", 1, lines);
    put(rect.x(), bottom, "╰", 1, lines);
    put(right, bottom, "╯", 1, lines);
    if (!title.isEmpty() && rect.width() > 6) {
      text(rect.x() + 2, rect.y(), rect.width() - 4, " " + title + " ", titleStyle);
    }
  }

  /** Draws a terminal's screen into a part of the same size; links are underlined. */
  public void terminal(Rect rect, TerminalView view) {
    for (int row = 0; row < Math.min(rect.height(), view.lines().size()); row++) {
      Line line = view.lines().get(row);
      for (int column = 0; column < Math.min(rect.width(), line.columns()); column++) {
        int glyph = line.glyph(column);
        if (glyph == Line.SPACER) {
          continue;
        }
        int cells = glyph == 0 ? 1 : CharWidth.of(glyph);
        if (column + cells > rect.width()) {
          continue;
        }
        long style = line.style(column);
        if (view.reversed()) {
          style ^= Style.INVERSE;
        }
        if (line.link(column) != 0) {
          style |= Style.UNDERLINE;
        }
        String text = Style.has(style, Style.HIDDEN) ? " ".repeat(cells) : line.text(column);
        put(rect.x() + column, rect.y() + row, text, cells, style & ~Style.HIDDEN);
        if (line.underlineColor(column) != Style.DEFAULT_COLOR) {
          underline(rect.x() + column, rect.y() + row, line.underlineColor(column));
        }
      }
    }
  }

  private void underline(int x, int y, int color) {
    if (x >= 0 && x < columns && y >= 0 && y < rows) {
      if (underlineColors == null) {
        underlineColors = new int[columns * rows];
      }
      underlineColors[y * columns + x] = color;
    }
  }

  public void cursor(int column, int row) {
    cursor(column, row, 0);
  }

  /**
   * @param shape DECSCUSR's value, 0–6
   */
  public void cursor(int column, int row, int shape) {
    cursorColumn = column;
    cursorRow = row;
    cursorShape = shape;
  }

  /** Whether the terminal is to tell of the mouse also when no button is pressed. */
  public void trackMovement(boolean on) {
    movementTracked = on;
  }

  /** The finished picture; the canvas must not be used any more. */
  public Frame freeze() {
    boolean inside =
        cursorColumn >= 0 && cursorColumn < columns && cursorRow >= 0 && cursorRow < rows;
    return new Frame(
        columns,
        rows,
        glyphs,
        styles,
        underlineColors,
        inside ? cursorColumn : -1,
        inside ? cursorRow : -1,
        cursorShape,
        movementTracked);
  }

  private void put(int x, int y, String glyph, int cells, long style) {
    if (y < 0 || y >= rows || x < 0 || x + cells > columns) {
      return;
    }
    int at = y * columns + x;
    if (glyphs[at].isEmpty() && x > 0) {
      glyphs[at - 1] = " "; // the head of a wide character whose tail is overwritten
    }
    if (x + cells < columns && glyphs[at + cells].isEmpty()) {
      glyphs[at + cells] = " ";
    }
    glyphs[at] = glyph;
    styles[at] = style;
    if (underlineColors != null) {
      underlineColors[at] = Style.DEFAULT_COLOR;
    }
    if (cells == 2) {
      glyphs[at + 1] = "";
      styles[at + 1] = style;
    }
  }

  private static String glyph(int codePoint) {
    return codePoint < 128 ? ASCII[codePoint] : Character.toString(codePoint);
  }

  /** Replaces what steers terminals or the order of text, and takes other invisible ones out. */
  static String clean(String text) {
    StringBuilder clean = null;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      int length = Character.charCount(codePoint);
      boolean control = SafeText.isHidden(codePoint) || !Character.isDefined(codePoint);
      boolean bad = control || CharWidth.of(codePoint) == 0 || isSurrogate(codePoint);
      if (bad && clean == null) {
        clean = new StringBuilder(text.substring(0, i));
      }
      if (clean != null) {
        if (!bad) {
          clean.appendCodePoint(codePoint);
        } else if (control) {
          clean.append(codePoint == '\t' || codePoint == '\n' ? ' ' : '·');
        }
      }
      i += length;
    }
    return clean == null ? text : clean.toString();
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= 0xd800 && codePoint <= 0xdfff;
  }

  /** The text, or as much of it as fits before an ellipsis. */
  static String fit(String text, int width) {
    if (width <= 0) {
      return "";
    }
    if (CharWidth.of(text) <= width) {
      return text;
    }
    StringBuilder fitted = new StringBuilder();
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      used += CharWidth.of(codePoint);
      if (used > width - 1) {
        break;
      }
      fitted.appendCodePoint(codePoint);
      i += Character.charCount(codePoint);
    }
    return fitted + ELLIPSIS;
  }
}
