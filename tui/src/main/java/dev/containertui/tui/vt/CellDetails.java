package dev.containertui.tui.vt;

import java.util.Arrays;

/**
 * What few cells of a row have beside a character and a style: combining marks, and as an "extra"
 * the underline's colour and a link.
 */
final class CellDetails {
  /** Marks that a cell takes; more are dropped. */
  static final int MAX_MARKS = 12;

  private final int cells;
  private String[] marks; // null: none
  private long[] extras; // null: none
  private int end; // cells from here on have nothing

  CellDetails(int cells) {
    this.cells = cells;
  }

  CellDetails copy() {
    CellDetails copy = new CellDetails(cells);
    copy.copy(this, 0, 0, cells);
    return copy;
  }

  /** An extra: a link's number above the underline's colour. */
  static long extra(int underlineColor, int link) {
    return (long) link << 32 | underlineColor;
  }

  /** No cell with a number as high as this, or higher, has anything. */
  int end() {
    return end;
  }

  /** The marks of a cell; empty if it has none. */
  String marks(int column) {
    return marks == null || marks[column] == null ? "" : marks[column];
  }

  long extra(int column) {
    return extras == null ? 0 : extras[column];
  }

  /** From {@code from} to before {@code to}: no marks, and this extra. */
  void set(int from, int to, long extra) {
    int stop = Math.min(to, end);
    if (marks != null && from < stop) {
      Arrays.fill(marks, from, stop, null);
    }
    if (extra != 0) {
      if (extras == null) {
        extras = new long[cells];
      }
      Arrays.fill(extras, from, to, extra);
      end = Math.max(end, to);
    } else {
      if (extras != null && from < stop) {
        Arrays.fill(extras, from, stop, 0);
      }
      if (to >= end) {
        end = Math.min(end, from);
      }
    }
  }

  void addMark(int column, int codePoint) {
    String old = marks(column);
    if (old.isEmpty()) {
      setMarks(column, Clusters.string(codePoint));
    } else if (old.codePointCount(0, old.length()) < MAX_MARKS) {
      setMarks(column, old + Clusters.string(codePoint));
    }
  }

  void setMarks(int column, String text) {
    if (marks == null) {
      marks = new String[cells];
    }
    marks[column] = text;
    end = Math.max(end, column + 1);
  }

  void move(int from, int to, int count) {
    copy(this, from, to, count);
  }

  void copy(CellDetails from, int column, int to, int count) {
    if (from.marks != null) {
      marks = marks == null ? new String[cells] : marks;
      System.arraycopy(from.marks, column, marks, to, count);
    }
    if (from.extras != null) {
      extras = extras == null ? new long[cells] : extras;
      System.arraycopy(from.extras, column, extras, to, count);
    }
    end = Math.max(end, Math.min(cells, to + count));
  }
}
