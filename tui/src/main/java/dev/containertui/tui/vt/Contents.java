package dev.containertui.tui.vt;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of screen and history, for searching and copying. Rows that a long text was cut into are
 * taken together.
 */
final class Contents {
  private final Scrollback history;
  private final Grid grid;
  private final long first;

  /**
   * @param withHistory false on the alternate screen, which has none
   */
  Contents(Scrollback history, Grid grid, boolean withHistory) {
    this.history = history;
    this.grid = grid;
    first = withHistory ? history.forgotten() : history.forgotten() + history.size();
  }

  private long end() {
    return history.forgotten() + history.size() + grid.rows();
  }

  private Line row(long number) {
    long index = number - history.forgotten();
    return index < history.size()
        ? history.get((int) index)
        : grid.line((int) (index - history.size()));
  }

  /**
   * The text between two places, in either order; a newline where the guest ended a line, none
   * where a row was only full. Spaces at the ends of lines are left out.
   */
  String text(Position one, Position other) {
    Position from = one.compareTo(other) <= 0 ? one : other;
    Position to = from == one ? other : one;
    StringBuilder text = new StringBuilder();
    long last = Math.min(to.row(), end() - 1);
    for (long number = Math.max(first, from.row()); number <= last; number++) {
      Line row = row(number);
      boolean goesOn = row.isWrapped() && number < end() - 1;
      int end = goesOn ? row.joinedEnd(row(number + 1)) : row.contentEnd();
      int start = number == from.row() ? Math.max(0, from.column()) : 0;
      append(text, row, start, number == to.row() ? Math.min(end, to.column()) : end);
      if (!goesOn) {
        strip(text);
        if (number < last) {
          text.append('\n');
        }
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Line row, int start, int end) {
    for (int x = start; x < end; x++) {
      text.append(row.content(x));
    }
  }

  private static void strip(StringBuilder text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    text.setLength(end);
  }

  /** Where {@code needle} is, from the oldest row on; at most {@code limit} places. */
  List<Match> search(String needle, boolean ignoreCase, int limit) {
    List<Match> matches = new ArrayList<>();
    if (needle.isEmpty()) {
      return matches;
    }
    StringBuilder text = new StringBuilder();
    List<Integer> starts = new ArrayList<>();
    long number = first;
    while (number < end() && matches.size() < limit) {
      long textRow = number;
      text.setLength(0);
      starts.clear();
      boolean goesOn = true;
      while (goesOn) {
        Line row = row(number);
        number++;
        goesOn = row.isWrapped() && number < end();
        starts.add(text.length());
        append(text, row, 0, goesOn ? row.joinedEnd(row(number)) : row.contentEnd());
      }
      find(text.toString(), starts, textRow, needle, ignoreCase, limit, matches);
    }
    return matches;
  }

  private void find(
      String text,
      List<Integer> starts,
      long textRow,
      String needle,
      boolean ignoreCase,
      int limit,
      List<Match> matches) {
    int row = 0;
    for (int at = 0; at <= text.length() - needle.length() && matches.size() < limit; ) {
      if (!text.regionMatches(ignoreCase, at, needle, 0, needle.length())) {
        at++;
        continue;
      }
      row = rowOf(starts, row, at);
      int last = at + needle.length() - 1;
      int lastRow = rowOf(starts, row, last);
      Position start = new Position(textRow + row, column(textRow + row, at - starts.get(row)));
      int lastColumn = column(textRow + lastRow, last - starts.get(lastRow));
      Line line = row(textRow + lastRow);
      do {
        lastColumn++;
      } while (lastColumn < line.columns() && line.glyph(lastColumn) == Line.SPACER);
      matches.add(new Match(start, new Position(textRow + lastRow, lastColumn)));
      at += needle.length();
    }
  }

  private static int rowOf(List<Integer> starts, int from, int at) {
    int row = from;
    while (row + 1 < starts.size() && starts.get(row + 1) <= at) {
      row++;
    }
    return row;
  }

  /** The column of the cell that the character {@code at} of a row's text is in. */
  private int column(long number, int at) {
    Line row = row(number);
    int passed = 0;
    for (int x = 0; x < row.columns(); x++) {
      passed += row.content(x).length();
      if (passed > at) {
        return x;
      }
    }
    return row.columns();
  }
}
