package dev.containertui.tui.console;

import dev.containertui.tui.vt.Position;

/**
 * A part of a console's text that is chosen: all cells between two, both included.
 *
 * @param anchor where it was begun
 * @param cursor where it ends now; may lie before {@code anchor}
 * @param wholeRows both rows belong to it from their first cell to their last
 */
record Selection(Position anchor, Position cursor, boolean wholeRows) {
  Selection to(Position moved) {
    return new Selection(anchor, moved, wholeRows);
  }

  /** Its first cell. */
  Position from() {
    Position first = anchor.compareTo(cursor) <= 0 ? anchor : cursor;
    return wholeRows ? new Position(first.row(), 0) : first;
  }

  /** The place behind its last cell. */
  Position end() {
    Position last = anchor.compareTo(cursor) <= 0 ? cursor : anchor;
    return wholeRows
        ? new Position(last.row(), Integer.MAX_VALUE)
        : new Position(last.row(), last.column() + 1);
  }

  boolean contains(long row, int column) {
    Position cell = new Position(row, column);
    return from().compareTo(cell) <= 0 && cell.compareTo(end()) < 0;
  }
}
