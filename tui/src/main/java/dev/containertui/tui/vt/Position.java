package dev.containertui.tui.vt;

/**
 * A cell, or the place before it, in screen and history.
 *
 * @param row its number: rows keep their numbers while they scroll into the history, until the
 *     terminal's size changes; see {@link TerminalView#firstRow}
 * @param column from 0
 */
public record Position(long row, int column) implements Comparable<Position> {
  @Override
  public int compareTo(Position other) {
    int rows = Long.compare(row, other.row);
    return rows != 0 ? rows : Integer.compare(column, other.column);
  }
}
