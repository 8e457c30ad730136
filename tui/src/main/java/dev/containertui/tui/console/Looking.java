package dev.containertui.tui.console;

import dev.containertui.tui.vt.Position;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the user looks at of a console, and does there.
 *
 * @param from number of the first row seen; empty: the present
 * @param cursor of copy mode; empty: not in it
 * @param selection what is chosen to be copied
 * @param dragging whether the mouse is making the selection
 * @param needle what was searched; empty: nothing
 * @param match start of the place the user was led to
 */
record Looking(
    OptionalLong from,
    Optional<Position> cursor,
    Optional<Selection> selection,
    boolean dragging,
    String needle,
    Optional<Position> match) {
  static final Looking PRESENT =
      new Looking(
          OptionalLong.empty(), Optional.empty(), Optional.empty(), false, "", Optional.empty());

  Looking from(OptionalLong row) {
    return new Looking(row, cursor, selection, dragging, needle, match);
  }

  /** In copy mode; a selection that was begun goes to its cursor. */
  Looking cursor(Position moved) {
    return new Looking(
        from, Optional.of(moved), selection.map(s -> s.to(moved)), dragging, needle, match);
  }

  Looking selection(Optional<Selection> chosen, boolean byMouse) {
    return new Looking(from, cursor, chosen, byMouse, needle, match);
  }

  Looking withoutCursor() {
    return new Looking(from, Optional.empty(), Optional.empty(), false, needle, match);
  }

  Looking search(String text, Optional<Position> place) {
    return new Looking(from, cursor, selection, dragging, text, place);
  }

  boolean isCopying() {
    return cursor.isPresent();
  }
}
