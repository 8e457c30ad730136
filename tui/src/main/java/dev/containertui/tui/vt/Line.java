package dev.containertui.tui.vt;

import java.util.Arrays;

/**
 * One row of cells.
 *
 * <p>A cell is a code point and a {@link Style}; 0 stands for a cell that was never written or was
 * erased. A wide character lies in its first cell and {@link #SPACER} in the second; no spacer is
 * ever without its head. What few cells have is kept beside, in {@link CellDetails}.
 */
public final class Line {
  /** The second cell of a wide character. */
  public static final int SPACER = -1;

  final int[] glyphs;
  final long[] styles; // only one in a row of the history whose cells all look alike
  private CellDetails details; // null: there never were any
  private int used; // cells from here on are empty and plain
  private boolean wrapped;
  private Line snapshot;

  Line(int columns) {
    this(new int[columns], new long[columns], null, 0, false);
  }

  Line(int[] glyphs, long[] styles, CellDetails details, int used, boolean wrapped) {
    this.glyphs = glyphs;
    this.styles = styles;
    this.details = details;
    this.used = used;
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
    return hasMarks(column) ? base + Clusters.drawn(marks(column)) : base;
  }

  /** All that the guest wrote into a cell, for copying and searching. */
  public String content(int column) {
    int glyph = glyphs[column];
    if (glyph == SPACER) {
      return "";
    }
    String base = glyph == 0 ? " " : Clusters.string(glyph);
    return hasMarks(column) ? base + marks(column) : base;
  }

  /** The colour of a cell's underline, as in {@link Style}; the default is the text's colour. */
  public int underlineColor(int column) {
    return (int) extra(column);
  }

  /** The number of a cell's link, for {@link Emulator#link}; 0 if it has none. */
  public int link(int column) {
    return (int) (extra(column) >>> 32);
  }

  private long extra(int column) {
    return details == null ? 0 : details.extra(column);
  }

  private boolean hasMarks(int column) {
    return details != null && !details.marks(column).isEmpty();
  }

  String marks(int column) {
    return details == null ? "" : details.marks(column);
  }

  /** What cells have beside; null if there is nothing. */
  CellDetails details() {
    return details == null || details.end() == 0 ? null : details;
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
    used = Math.max(used, column + width);
  }

  /** Puts {@code count} cells, wide characters with their {@link #SPACER}. */
  void put(int column, int[] cells, int count, long style, long extra) {
    split(column);
    split(column + count);
    System.arraycopy(cells, 0, glyphs, column, count);
    dress(column, column + count, style, extra);
  }

  /** Puts {@code count} characters of ASCII. */
  void putAscii(int column, byte[] text, int from, int count, long style, long extra) {
    split(column);
    split(column + count);
    for (int i = 0; i < count; i++) {
      glyphs[column + i] = text[from + i];
    }
    dress(column, column + count, style, extra);
  }

  private void dress(int from, int to, long style, long extra) {
    snapshot = null;
    Arrays.fill(styles, from, to, style);
    setDetails(from, to, extra);
    used = Math.max(used, to);
  }

  /** Makes the narrow character at {@code column} wide; there must be a cell behind it. */
  void widen(int column) {
    split(column + 2);
    set(column + 1, SPACER, styles[column], extra(column));
    used = Math.max(used, column + 2);
  }

  private void set(int column, int glyph, long style, long extra) {
    snapshot = null;
    glyphs[column] = glyph;
    styles[column] = style;
    setDetails(column, column + 1, extra);
  }

  private void setDetails(int from, int to, long extra) {
    if (details != null) {
      details.set(from, to, extra);
    } else if (extra != 0) {
      madeDetails().set(from, to, extra);
    }
  }

  private CellDetails madeDetails() {
    if (details == null) {
      details = new CellDetails(glyphs.length);
    }
    return details;
  }

  void addMark(int column, int codePoint) {
    snapshot = null;
    madeDetails().addMark(column, codePoint);
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
    int end = style == Style.PLAIN ? Math.min(to, used) : to;
    if (from < end) {
      Arrays.fill(glyphs, from, end, 0);
      Arrays.fill(styles, from, end, style);
      setDetails(from, end, 0);
    }
    if (to >= used) {
      used = style == Style.PLAIN ? Math.min(used, from) : to;
    }
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
    used = Math.min(glyphs.length, Math.max(used, column) + n);
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
    used = glyphs.length;
  }

  private void move(int from, int to, int count) {
    snapshot = null;
    System.arraycopy(glyphs, from, glyphs, to, count);
    System.arraycopy(styles, from, styles, to, count);
    if (details() != null) {
      details.move(from, to, count);
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
    if (from.details() != null) {
      madeDetails().copy(from.details, column, to, count);
    }
    used = Math.max(used, to + count);
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
              details() == null ? null : details.copy(),
              used,
              wrapped);
    }
    return snapshot;
  }

  /** How many cells there are up to the last one that is not empty and plain. */
  int usedEnd() {
    int end = used;
    while (end > 0 && glyphs[end - 1] == 0 && style(end - 1) == Style.PLAIN) {
      end--;
    }
    return end;
  }

  /** How many cells there are up to the last one with a character. */
  int contentEnd() {
    int end = used;
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
    return usedEnd() == 0;
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
