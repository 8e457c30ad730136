package dev.containertui.tui.widget;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A kind of table: what its rows are, without any of them. Which of them are shown, and in which
 * order, is found out once and kept until the rows, the filter or the order change.
 */
public final class Table<R> {
  private final String title;
  private final Function<R, String> key;
  private final Function<R, String> searched;
  private final List<Column<R>> columns;
  private final Memo<List<R>> shown = new Memo<>();

  /**
   * @param key tells rows apart: the selection stays with its row when others come and go
   * @param searched the text that a filter looks into
   */
  public Table(
      String title,
      Function<R, String> key,
      Function<R, String> searched,
      List<Column<R>> columns) {
    this.title = title;
    this.key = key;
    this.searched = searched;
    this.columns = List.copyOf(columns);
  }

  public String title() {
    return title;
  }

  public Function<R, String> key() {
    return key;
  }

  public List<Column<R>> columns() {
    return columns;
  }

  /**
   * The rows that are shown, in their order.
   *
   * @param all immutable
   */
  public List<R> rows(TableState state, List<R> all) {
    return shown.of(
        () -> sorted(state, filtered(state, all)),
        all,
        state.filter(),
        state.sort(),
        state.descending());
  }

  private List<R> filtered(TableState state, List<R> all) {
    return state.filter().isEmpty()
        ? all
        : all.stream().filter(r -> state.filter().matches().test(searched.apply(r))).toList();
  }

  private List<R> sorted(TableState state, List<R> rows) {
    Optional<Comparator<R>> order =
        columns.stream()
            .filter(c -> c.title().equals(state.sort()))
            .findFirst()
            .flatMap(Column::order);
    if (order.isEmpty()) {
      return rows;
    }
    Comparator<R> by = state.descending() ? order.get().reversed() : order.get();
    return rows.stream().sorted(by).toList();
  }

  /** Index of the selected one of {@code rows}; 0 if there are none. */
  public int index(TableState state, List<R> rows) {
    if (state.selected().isPresent()) {
      int guess = state.index();
      String wanted = state.selected().get();
      if (guess < rows.size() && key.apply(rows.get(guess)).equals(wanted)) {
        return guess;
      }
      for (int i = 0; i < rows.size(); i++) {
        if (key.apply(rows.get(i)).equals(wanted)) {
          return i;
        }
      }
    }
    return Math.clamp(state.index(), 0, Math.max(0, rows.size() - 1));
  }

  public Optional<R> selected(TableState state, List<R> all) {
    List<R> rows = rows(state, all);
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(index(state, rows)));
  }

  /**
   * What an action is for: the marked rows, hidden ones too, or if there are none the selected one.
   */
  public List<R> chosen(TableState state, List<R> all) {
    List<R> marked = all.stream().filter(r -> state.marked().contains(key.apply(r))).toList();
    return marked.isEmpty() ? selected(state, all).stream().toList() : marked;
  }

  /** How many marked rows a filter hides: who removes something must be told. */
  public int markedButHidden(TableState state, List<R> all) {
    Set<String> shown =
        rows(state, all).stream().map(key).collect(java.util.stream.Collectors.toSet());
    return (int)
        all.stream().map(key).filter(k -> state.marked().contains(k) && !shown.contains(k)).count();
  }

  public TableState move(TableState state, List<R> all, int by) {
    List<R> rows = rows(state, all);
    if (rows.isEmpty()) {
      return state;
    }
    return at(state, rows, (long) index(state, rows) + by);
  }

  /** Selects the row at an index of what is shown, the nearest if there is none. */
  public TableState moveTo(TableState state, List<R> all, int index) {
    List<R> rows = rows(state, all);
    return rows.isEmpty() ? state : at(state, rows, index);
  }

  private TableState at(TableState state, List<R> rows, long index) {
    int to = Math.clamp(index, 0, rows.size() - 1);
    return state.select(Optional.of(key.apply(rows.get(to))), to);
  }

  /** Sorts by the next or the one before of the columns that can be sorted by. */
  public TableState sortBeside(TableState state, int step) {
    List<String> titles =
        columns.stream().filter(c -> c.order().isPresent()).map(Column::title).toList();
    if (titles.isEmpty()) {
      return state;
    }
    int now = titles.indexOf(state.sort());
    int next = now < 0 ? (step > 0 ? 0 : titles.size() - 1) : now + step;
    return state.sort(titles.get(Math.floorMod(next, titles.size())), false);
  }
}
