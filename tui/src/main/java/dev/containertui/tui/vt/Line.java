package dev.containertui.tui.vt;

import java.util.Arrays;

/**
 * One row of cells.
 *
 * <p>A cell is a code point and a {@link Style}; 0 stands for a cell that was never written or was
 * erased. A wide character lies in its first cell and {@link #SPACER} in the second. Combining
 * marks are kept beside, only in rows that have any.
 */
public final class Line {
  /** The second cell of a wide character. */
  public static final int SPACER = -1;

  /** Marks that a cell takes; more are dropped. */
  private static final int MAX_MARKS = 8;

  private int[] glyphs;
  private long[] styles;
  private String[] marks;

  Line(int columns) {
    glyphs = new int[columns];
    styles = new long[columns];
  }

  private Line(int[] glyphs, long[] styles, String[] marks) {
    this.glyphs = glyphs;
    this.styles = styles;
    this.marks = marks;
  }

  public int columns() {
    return glyphs.length;
  }

  /** The code point of a cell, 0 if it is empty, {@link #SPACER} behind a wide one. */
  public int glyph(int column) {
    return glyphs[column];
  }

  public long style(int column) {
    return styles[column];
  }

  /** What a cell shows: a space if it is empty, nothing behind a wide character. */
  public String text(int column) {
    int glyph = glyphs[column];
    if (glyph == SPACER) {
      return "";
    }
    String base = glyph == 0 ? " " : Character.toString(glyph);
    return marks == null || marks[column] == null ? base : base + marks[column];
  }

  void set(int column, int glyph, long style) {
    glyphs[column] = glyph;
    styles[column] = style;
    if (marks != null) {
      marks[column] = null;
    }
  }

  void addMark(int column, int codePoint) {
    if (marks == null) {
      marks = new String[glyphs.length];
    }
    String old = marks[column] == null ? "" : marks[column];
    if (old.codePointCount(0, old.length()) < MAX_MARKS) {
      marks[column] = old + Character.toString(codePoint);
    }
  }

  /** Empties the cells from {@code from} to before {@code to}. */
  void erase(int from, int to, long style) {
    for (int x = from; x < to; x++) {
      set(x, 0, style);
    }
  }

  /** Moves {@code count} cells, overlapping or not. */
  void move(int from, int to, int count) {
    System.arraycopy(glyphs, from, glyphs, to, count);
    System.arraycopy(styles, from, styles, to, count);
    if (marks != null) {
      System.arraycopy(marks, from, marks, to, count);
    }
  }

  /** Empties halves of wide characters that have lost their other half around {@code column}. */
  void repair(int column) {
    if (column > 0 && column <= glyphs.length) {
      repairPair(column - 1);
    }
    if (column >= 0 && column < glyphs.length) {
      repairPair(column);
    }
  }

  private void repairPair(int column) {
    int glyph = glyphs[column];
    if (glyph == SPACER) {
      if (column == 0 || !isWide(glyphs[column - 1])) {
        set(column, 0, styles[column]);
      }
    } else if (isWide(glyph) && (column + 1 >= glyphs.length || glyphs[column + 1] != SPACER)) {
      set(column, 0, styles[column]);
    }
  }

  private static boolean isWide(int glyph) {
    return glyph > 0 && CharWidth.of(glyph) == 2;
  }

  void resize(int columns) {
    int old = glyphs.length;
    glyphs = Arrays.copyOf(glyphs, columns);
    styles = Arrays.copyOf(styles, columns);
    marks = marks == null ? null : Arrays.copyOf(marks, columns);
    if (columns < old) {
      repair(columns - 1);
    }
  }

  boolean isBlank() {
    for (int x = 0; x < glyphs.length; x++) {
      if (glyphs[x] != 0 || styles[x] != Style.PLAIN) {
        return false;
      }
    }
    return true;
  }

  Line copy() {
    return new Line(glyphs.clone(), styles.clone(), marks == null ? null : marks.clone());
  }

  /** A copy without the empty cells at its end: how a row is kept in the history. */
  Line trimmed() {
    int end = glyphs.length;
    while (end > 0 && glyphs[end - 1] == 0 && styles[end - 1] == Style.PLAIN) {
      end--;
    }
    return new Line(
        Arrays.copyOf(glyphs, end),
        Arrays.copyOf(styles, end),
        marks == null ? null : Arrays.copyOf(marks, end));
  }

  /** The row's text without spaces at its end. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int x = 0; x < glyphs.length; x++) {
      text.append(text(x));
    }
    return text.toString().stripTrailing();
  }
}
