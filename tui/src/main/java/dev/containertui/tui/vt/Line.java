package dev.containertui.tui.vt;

import java.util.Arrays;

/**
 * One row of cells.
 *
 * <p>A cell is a code point and a {@link Style}; 0 stands for a cell that was never written or was
 * erased. A wide character lies in its first cell and {@link #SPACER} in the second; no spacer is
 * ever without its head. What few cells have is kept beside, only in rows that have any: combining
 * marks, the underline's colour, a link.
 */
public final class Line {
  /** The second cell of a wide character. */
  public static final int SPACER = -1;

  /** Marks that a cell takes; more are dropped. */
  static final int MAX_MARKS = 12;

  private static final int OBJECT_BYTES = 96; // headers of the row and its arrays
  private static final int MARK_BYTES = 72; // a short string

  private final int[] glyphs;
  private final long[] styles; // only one in a row of the history whose cells all look alike
  private String[] marks;
  private long[] extras;
  private boolean wrapped;
  private Line snapshot;

  Line(int columns) {
    this(new int[columns], new long[columns], null, null, false);
  }

  private Line(int[] glyphs, long[] styles, String[] marks, long[] extras, boolean wrapped) {
    this.glyphs = glyphs;
    this.styles = styles;
    this.marks = marks;
    this.extras = extras;
    this.wrapped = wrapped;
  }

  public int columns() {
    return glyphs.length;
  }

  /** The code point of a cell, 0 if it is empty, {@link #SPACER} behind a wide one. */
  public int glyph(int column) {
    return glyphs[column];
  }

  public long style(int column) {
    return styles.length == 1 ? styles[0] : styles[column];
  }

  /** Whether the row's text goes on in the next row: it was too long, no newline came. */
  public boolean isWrapped() {
    return wrapped;
  }

  /**
   * What to draw in a cell: a space if it is empty, nothing behind a wide character. Joiners,
   * variation selectors and what is joined are left out: terminals do not agree on how many cells
   * those take, and a picture that relies on one opinion breaks on another.
   */
  public String text(int column) {
    int glyph = glyphs[column];
    if (glyph == SPACER) {
      return "";
    }
    String base = glyph == 0 ? " " : Clusters.string(glyph);
    return marks == null || marks[column] == null ? base : base + Clusters.drawn(marks[column]);
  }

  /** All that the guest wrote into a cell, for copying and searching. */
  public String content(int column) {
    int glyph = glyphs[column];
    if (glyph == SPACER) {
      return "";
    }
    String base = glyph == 0 ? " " : Clusters.string(glyph);
    return marks == null || marks[column] == null ? base : base + marks[column];
  }

  /** The colour of a cell's underline, as in {@link Style}; the default is the text's colour. */
  public int underlineColor(int column) {
    return extras == null ? Style.DEFAULT_COLOR : (int) extras[column];
  }

  /** The number of a cell's link, for {@link Emulator#link}; 0 if it has none. */
  public int link(int column) {
    return extras == null ? 0 : (int) (extras[column] >>> 32);
  }

  /** What cells have beside their style: a link's number above the underline's colour. */
  static long extra(int underlineColor, int link) {
    return (long) link << 32 | underlineColor;
  }

  String marks(int column) {
    return marks == null || marks[column] == null ? "" : marks[column];
  }

  // --- changes; only of rows on the screen

  void setWrapped(boolean on) {
    if (wrapped != on) {
      wrapped = on;
      snapshot = null;
    }
  }

  /** Puts a character of {@code width} 1 or 2 at a place where it fits. */
  void put(int column, int glyph, int width, long style, long extra) {
    split(column);
    split(column + width);
    set(column, glyph, style, extra);
    if (width == 2) {
      set(column + 1, SPACER, style, extra);
    }
  }

  /** Puts {@code count} characters of ASCII. */
  void putAscii(int column, byte[] text, int from, int count, long style, long extra) {
    split(column);
    split(column + count);
    snapshot = null;
    for (int i = 0; i < count; i++) {
      glyphs[column + i] = text[from + i];
    }
    Arrays.fill(styles, column, column + count, style);
    clearBeside(column, column + count, extra);
  }

  /** Makes the narrow character at {@code column} wide; there must be a cell behind it. */
  void widen(int column) {
    split(column + 2);
    set(column + 1, SPACER, styles[column], extras == null ? 0 : extras[column]);
  }

  private void set(int column, int glyph, long style, long extra) {
    snapshot = null;
    glyphs[column] = glyph;
    styles[column] = style;
    if (marks != null || extras != null || extra != 0) {
      clearBeside(column, column + 1, extra);
    }
  }

  private void clearBeside(int from, int to, long extra) {
    if (marks != null) {
      Arrays.fill(marks, from, to, null);
    }
    if (extra != 0 && extras == null) {
      extras = new long[glyphs.length];
    }
    if (extras != null) {
      Arrays.fill(extras, from, to, extra);
    }
  }

  void addMark(int column, int codePoint) {
    snapshot = null;
    if (marks == null) {
      marks = new String[glyphs.length];
    }
    String old = marks[column] == null ? "" : marks[column];
    if (old.codePointCount(0, old.length()) < MAX_MARKS) {
      marks[column] = old + Clusters.string(codePoint);
    }
  }

  /** Empties the cells from {@code from} to before {@code to}, and what they cut in halves. */
  void erase(int from, int to, long style) {
    if (from >= to) {
      return;
    }
    split(from);
    split(to);
    clear(from, to, style);
  }

  private void clear(int from, int to, long style) {
    snapshot = null;
    Arrays.fill(glyphs, from, to, 0);
    Arrays.fill(styles, from, to, style);
    clearBeside(from, to, 0);
    if (to == glyphs.length) {
      wrapped = false;
    }
  }

  void insert(int column, int count, long style) {
    int n = Math.min(count, glyphs.length - column);
    split(column);
    split(glyphs.length - n);
    boolean goesOn = wrapped;
    move(column, column + n, glyphs.length - column - n);
    clear(column, column + n, style);
    wrapped = goesOn;
  }

  void delete(int column, int count, long style) {
    int n = Math.min(count, glyphs.length - column);
    split(column);
    split(column + n);
    move(column + n, column, glyphs.length - column - n);
    clear(glyphs.length - n, glyphs.length, style); // old copies: nothing there to be split
  }

  void fill(int glyph) {
    erase(0, glyphs.length, Style.PLAIN);
    Arrays.fill(glyphs, glyph);
  }

  private void move(int from, int to, int count) {
    snapshot = null;
    System.arraycopy(glyphs, from, glyphs, to, count);
    System.arraycopy(styles, from, styles, to, count);
    if (marks != null) {
      System.arraycopy(marks, from, marks, to, count);
    }
    if (extras != null) {
      System.arraycopy(extras, from, extras, to, count);
    }
  }

  /** Empties a wide character that lies on both sides of the boundary before {@code column}. */
  private void split(int column) {
    if (column > 0 && column < glyphs.length && glyphs[column] == SPACER) {
      set(column - 1, 0, styles[column - 1], 0);
      set(column, 0, styles[column], 0);
    }
  }

  /** Copies cells of another row; wide characters must be whole. */
  void copy(Line from, int column, int to, int count) {
    snapshot = null;
    System.arraycopy(from.glyphs, column, glyphs, to, count);
    for (int i = 0; i < count; i++) {
      styles[to + i] = from.style(column + i);
    }
    if (from.marks != null) {
      marks = marks == null ? new String[glyphs.length] : marks;
      System.arraycopy(from.marks, column, marks, to, count);
    }
    if (from.extras != null) {
      extras = extras == null ? new long[glyphs.length] : extras;
      System.arraycopy(from.extras, column, extras, to, count);
    }
  }

  // --- copies

  /** A row of another width with the same cells; what does not fit is cropped. */
  Line fitted(int columns) {
    Line line = new Line(columns);
    line.copy(this, 0, 0, Math.min(columns, glyphs.length));
    if (columns < glyphs.length && columns > 0 && glyphs[columns] == SPACER) {
      line.set(columns - 1, 0, style(columns - 1), 0);
    }
    line.wrapped = wrapped && columns == glyphs.length;
    return line;
  }

  /** This row as it is now: the same object as before if it did not change since. */
  Line snapshot() {
    if (snapshot == null) {
      snapshot =
          new Line(
              glyphs.clone(),
              styles.clone(),
              marks == null ? null : marks.clone(),
              extras == null ? null : extras.clone(),
              wrapped);
    }
    return snapshot;
  }

  /**
   * A small copy for the history: without the empty cells at its end, unless its text goes on in
   * the next row.
   */
  Line compacted() {
    int end = glyphs.length;
    while (!wrapped && end > 0 && glyphs[end - 1] == 0 && style(end - 1) == Style.PLAIN) {
      end--;
    }
    boolean uniform = end > 0;
    for (int x = 1; x < end && uniform; x++) {
      uniform = style(x) == style(0);
    }
    return new Line(
        Arrays.copyOf(glyphs, end),
        uniform ? new long[] {style(0)} : Arrays.copyOf(styles, end),
        marks == null ? null : Arrays.copyOf(marks, end),
        extras == null ? null : Arrays.copyOf(extras, end),
        wrapped);
  }

  /** This row, its text ending here. */
  Line ended() {
    return new Line(glyphs, styles, marks, extras, false).compacted();
  }

  /** About how much memory this row takes. */
  int bytes() {
    int bytes = OBJECT_BYTES + 4 * glyphs.length + 8 * styles.length;
    if (marks != null) {
      bytes += 4 * marks.length;
      for (String mark : marks) {
        bytes += mark == null ? 0 : MARK_BYTES;
      }
    }
    return bytes + (extras == null ? 0 : 8 * extras.length);
  }

  /** How many cells there are up to the last one with a character. */
  int contentEnd() {
    int end = glyphs.length;
    while (end > 0 && glyphs[end - 1] == 0) {
      end--;
    }
    return end;
  }

  /**
   * The cells that belong to the text if {@code next} goes on with it: not the last one when it was
   * left empty because a wide character did not fit.
   */
  int joinedEnd(Line next) {
    int end = glyphs.length;
    boolean filler =
        end > 0 && glyphs[end - 1] == 0 && next.columns() > 1 && next.glyphs[1] == SPACER;
    return filler ? end - 1 : end;
  }

  boolean isBlank() {
    for (int x = 0; x < glyphs.length; x++) {
      if (glyphs[x] != 0 || style(x) != Style.PLAIN) {
        return false;
      }
    }
    return true;
  }

  /** The row's text as it is drawn, without spaces at its end. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int x = 0; x < glyphs.length; x++) {
      text.append(text(x));
    }
    return text.toString().stripTrailing();
  }
}
