package dev.containertui.tui;

import dev.containertui.tui.view.TableModel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The rows of a table, which of them are let through a filter, and which one is selected. */
final class ListState<R> {
  private final Function<R, String> key;
  private final Function<R, String> searched;
  private List<R> all = List.of();
  private String filter = "";
  private int index;
  private Optional<String> wanted = Optional.empty();

  /**
   * @param key tells rows apart: the selection stays with its row when others come and go
   * @param searched the text that a filter looks into
   */
  ListState(Function<R, String> key, Function<R, String> searched) {
    this.key = key;
    this.searched = searched;
  }

  void set(List<R> rows) {
    Optional<String> selected = selected().map(key);
    all = List.copyOf(rows);
    reselect(selected);
    if (wanted.isPresent() && reselect(wanted)) {
      wanted = Optional.empty();
    }
  }

  void filter(String text) {
    Optional<String> selected = selected().map(key);
    filter = text;
    reselect(selected);
  }

  /** True if the row is there; else the selection stays near where it was. */
  private boolean reselect(Optional<String> selected) {
    List<R> visible = visible();
    for (int i = 0; i < visible.size(); i++) {
      if (selected.isPresent() && key.apply(visible.get(i)).equals(selected.get())) {
        index = i;
        return true;
      }
    }
    index = Math.clamp(index, 0, Math.max(0, visible.size() - 1));
    return false;
  }

  /** Selects a row, as soon as it is there. */
  void select(String rowKey) {
    wanted = Optional.of(rowKey);
    set(all);
  }

  String filter() {
    return filter;
  }

  List<R> all() {
    return all;
  }

  List<R> visible() {
    String wanted = filter.toLowerCase(Locale.ROOT);
    return wanted.isEmpty()
        ? all
        : all.stream()
            .filter(r -> searched.apply(r).toLowerCase(Locale.ROOT).contains(wanted))
            .toList();
  }

  Optional<R> selected() {
    List<R> visible = visible();
    return index < visible.size() ? Optional.of(visible.get(index)) : Optional.empty();
  }

  void move(int by) {
    wanted = Optional.empty();
    index = Math.clamp((long) index + by, 0, Math.max(0, visible().size() - 1));
  }

  TableModel<R> model(List<String> emptyReason) {
    return new TableModel<>(visible(), index, all.size(), filter, emptyReason);
  }
}
