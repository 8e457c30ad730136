package dev.containertui.tui.screen.containers;

import dev.containertui.tui.app.Slot;
import dev.containertui.tui.text.Search;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a tree of JSON is looked at; it stays when another container is looked at.
 *
 * @param cursor path of the line that is selected
 * @param folded paths of what is not shown
 */
record InspectState(String cursor, Set<String> folded, Search search) {
  static final Slot<InspectState> SLOT =
      new Slot<>("containers.inspect", new InspectState("", Set.of(), Search.NONE));

  InspectState {
    folded = Set.copyOf(folded);
  }

  InspectState at(String path) {
    return new InspectState(path, folded, search);
  }

  InspectState with(Search newSearch) {
    return new InspectState(cursor, folded, newSearch);
  }

  InspectState fold(Set<String> paths) {
    return new InspectState(cursor, paths, search);
  }

  InspectState toggle(JsonRow row) {
    Set<String> changed = new HashSet<>(folded);
    if (row.isFoldable() && !changed.remove(row.path())) {
      changed.add(row.path());
    }
    return fold(changed);
  }

  /** Unfolds all that a line lies in. */
  InspectState reveal(JsonRow row) {
    Set<String> changed = new HashSet<>(folded);
    changed.removeIf(p -> row.path().startsWith(p + "/"));
    return fold(changed).at(row.path());
  }

  /** Indices of the lines that are not folded away. */
  List<Integer> visible(List<JsonRow> rows) {
    List<Integer> visible = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      visible.add(i);
      JsonRow row = rows.get(i);
      if (row.isFoldable() && folded.contains(row.path())) {
        i = row.last();
      }
    }
    return visible;
  }

  /** Which of the visible lines is selected: the first if the one that was is gone. */
  int index(List<JsonRow> rows, List<Integer> visible) {
    for (int i = 0; i < visible.size(); i++) {
      if (rows.get(visible.get(i)).path().equals(cursor)) {
        return i;
      }
    }
    return 0;
  }
}
