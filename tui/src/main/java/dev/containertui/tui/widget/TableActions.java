package dev.containertui.tui.widget;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.vt.Mouse;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What every table can do: move, mark, sort, filter.
 *
 * @param context where its keys work
 * @param slot what the user has done to it
 * @param rows all rows, from the state
 */
public record TableActions<R>(
    Context context, Table<R> table, Slot<TableState> slot, Function<State, List<R>> rows) {
  private static final int PAGE = 10;

  /** All of them, to be added to those of the screen. */
  public List<Action> all() {
    return List.of(
        move("up", "k up", "one row up", _ -> -1),
        move("down", "j down", "one row down", _ -> 1),
        move("page-up", "pgup ctrl-b", "a page up", _ -> -PAGE),
        move("page-down", "pgdn ctrl-f", "a page down", _ -> PAGE),
        move("half-page-up", "ctrl-u", "half a page up", _ -> -PAGE / 2),
        move("half-page-down", "ctrl-d", "half a page down", _ -> PAGE / 2),
        move("first", "g home", "to the first row", _ -> -1_000_000),
        move("last", "G end", "to the last row", _ -> 1_000_000),
        action("mark", "space", "mark or unmark the row", "mark", this::mark),
        action("mark-all", "ctrl-a", "mark all rows shown, or none", "", this::markAll),
        action("sort-next", ">", "sort by the next column", "", s -> sort(s, 1)),
        action("sort-previous", "<", "sort by the column before", "", s -> sort(s, -1)),
        action("sort-reverse", "R", "turn the order round", "", this::reverse),
        action("filter", "/", "show only rows that match", "filter", s -> openFilter(s)),
        action("clear", "esc", "clear the filter, then the marks", "", this::clear));
  }

  private Action move(String name, String keys, String title, Function<State, Integer> by) {
    return action(
        name, keys, title, "", s -> change(s, t -> table.move(t, rows.apply(s), by.apply(s))));
  }

  private Action action(String name, String keys, String title, String hint, Change run) {
    return Action.of(context.name() + "." + name, context, keys, title, hint, run);
  }

  private Step change(State state, UnaryOperator<TableState> change) {
    return Step.to(state.with(slot, change));
  }

  public Optional<R> selected(State state) {
    return table.selected(state.get(slot), rows.apply(state));
  }

  /** The marked rows or, if none is, the selected one. */
  public List<R> chosen(State state) {
    return table.chosen(state.get(slot), rows.apply(state));
  }

  /**
   * Does what can be done to one row only: to the marked one or, if none is marked, to the selected
   * one. If several are marked it is not done, and the user is told why.
   *
   * @param doing as in {@code renaming is for one at a time}
   * @param nothing what to say if there is no row
   */
  public Step one(State state, String doing, String nothing, Function<R, Step> act) {
    List<R> chosen = chosen(state);
    return switch (chosen.size()) {
      case 0 -> Step.to(Shell.note(state, nothing, ""));
      case 1 -> act.apply(chosen.getFirst());
      default ->
          Step.to(
              Shell.note(
                  state,
                  doing + " is for one at a time, and " + chosen.size() + " are marked",
                  "esc clears the marks"));
    };
  }

  public State unmark(State state) {
    return state.with(slot, t -> t.mark(Set.of()));
  }

  private Step mark(State state) {
    return selected(state)
        .map(
            row ->
                change(
                    state,
                    t -> table.move(t.toggleMark(table.key().apply(row)), rows.apply(state), 1)))
        .orElse(Step.to(state));
  }

  private Step markAll(State state) {
    return change(
        state,
        t -> {
          Set<String> shown =
              table.rows(t, rows.apply(state)).stream()
                  .map(table.key())
                  .collect(Collectors.toCollection(HashSet::new));
          return t.marked().containsAll(shown) ? t.mark(Set.of()) : t.mark(shown);
        });
  }

  private Step sort(State state, int step) {
    return change(state, t -> table.sortBeside(t, step));
  }

  private Step reverse(State state) {
    return change(state, t -> t.sort().isEmpty() ? t : t.sort(t.sort(), !t.descending()));
  }

  private Step openFilter(State state) {
    return Step.to(
        InputLine.open(
            state,
            new InputLine.Input(
                "/",
                TextLine.of(state.get(slot).filter().text()),
                "words · !not · ~expression   Enter keeps it, Esc clears it",
                (s, text) -> change(s, t -> t.filter(text)),
                (s, text) -> change(s, t -> t.filter(text)),
                s -> change(s, t -> t.filter("")),
                this::moved)));
  }

  private Step moved(State state, int by) {
    return change(state, t -> table.move(t, rows.apply(state), by));
  }

  private Step clear(State state) {
    return change(state, t -> t.filter().isEmpty() ? t.mark(Set.of()) : t.filter(""));
  }

  /** A click selects, on a heading it sorts; the wheel moves. */
  public Optional<Step> mouse(State state, Mouse mouse, Rect area) {
    if (mouse.action() != Mouse.Action.PRESS) {
      return Optional.empty();
    }
    List<R> all = rows.apply(state);
    switch (mouse.button()) {
      case WHEEL_UP -> {
        return Optional.of(moved(state, -3));
      }
      case WHEEL_DOWN -> {
        return Optional.of(moved(state, 3));
      }
      case LEFT -> {
        int row = TableView.rowAt(area, table, state.get(slot), all, mouse.column(), mouse.row());
        if (row == -2) {
          String title = TableView.headingAt(area, table, mouse.column());
          boolean sortable =
              table.columns().stream()
                  .anyMatch(c -> c.title().equals(title) && c.order().isPresent());
          return Optional.of(sortable ? change(state, t -> t.sort(title)) : Step.to(state));
        }
        return row < 0
            ? Optional.empty()
            : Optional.of(change(state, t -> table.moveTo(t, all, row)));
      }
      default -> {
        return Optional.empty();
      }
    }
  }
}
