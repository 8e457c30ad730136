package dev.containertui.tui.widget;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the user has done to a table; its rows are elsewhere.
 *
 * @param selected key of the selected row; empty: whichever is at {@code index}
 * @param index where the selection is or, if that row has gone, was
 * @param marked keys of marked rows
 * @param sort title of the column that rows are sorted by; empty: as they come
 */
public record TableState(
    Optional<String> selected,
    int index,
    Filter filter,
    Set<String> marked,
    String sort,
    boolean descending) {
  public static final TableState START =
      new TableState(Optional.empty(), 0, Filter.NONE, Set.of(), "", false);

  public TableState {
    marked = Set.copyOf(marked);
  }

  public TableState select(String key) {
    return new TableState(Optional.of(key), index, filter, marked, sort, descending);
  }

  TableState select(Optional<String> key, int at) {
    return new TableState(key, at, filter, marked, sort, descending);
  }

  public TableState filter(String text) {
    return new TableState(selected, index, Filter.of(text), marked, sort, descending);
  }

  public TableState mark(Set<String> keys) {
    return new TableState(selected, index, filter, keys, sort, descending);
  }

  public TableState toggleMark(String key) {
    Set<String> changed = new HashSet<>(marked);
    if (!changed.remove(key)) {
      changed.add(key);
    }
    return mark(changed);
  }

  /** Sorts by a column; the same again turns the order round. */
  public TableState sort(String column) {
    return new TableState(
        selected, index, filter, marked, column, column.equals(sort) && !descending);
  }

  public TableState sort(String column, boolean down) {
    return new TableState(selected, index, filter, marked, column, down);
  }
}
