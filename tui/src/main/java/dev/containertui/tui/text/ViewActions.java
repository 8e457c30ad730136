package dev.containertui.tui.text;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.widget.InputLine;
import dev.containertui.tui.widget.TextLine;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What can be done with a long text: move, search, filter, wrap.
 *
 * @param context where the keys work
 * @param area where it is drawn, without a frame
 * @param back what Esc does when there is neither a search nor a filter to clear
 */
public record ViewActions(
    Context context,
    Function<State, Lines> lines,
    Function<State, Viewport> view,
    BiFunction<State, Viewport, State> set,
    Function<State, Rect> area,
    Change back) {
  private static final int SHIFT = 8;

  @FunctionalInterface
  private interface Rows {
    int of(Rect rect);
  }

  public List<Action> all() {
    return List.of(
        scroll("up", "k up", "a row up", _ -> -1),
        scroll("down", "j down", "a row down", _ -> 1),
        scroll("page-up", "pgup ctrl-b", "a page up", r -> -page(r)),
        scroll("page-down", "pgdn ctrl-f space", "a page down", ViewActions::page),
        scroll("half-page-up", "ctrl-u", "half a page up", r -> -page(r) / 2),
        scroll("half-page-down", "ctrl-d", "half a page down", r -> page(r) / 2),
        action("first", "g home", "to the start", "", s -> change(s, v -> v.at(0, 0))),
        action(
            "last", "G end", "to the end, and stay there", "", s -> change(s, Viewport::sticking)),
        action(
            "left",
            "left",
            "to the left, if not wrapped",
            "",
            s -> change(s, v -> v.shift(-SHIFT))),
        action(
            "right",
            "right",
            "to the right, if not wrapped",
            "",
            s -> change(s, v -> v.shift(SHIFT))),
        action("search", "/", "search; ~ before a regular expression", "search", this::openSearch),
        action("next", "n", "to the next match", "", s -> find(s, 1)),
        action("previous", "N", "to the match before", "", s -> find(s, -1)),
        action("filter", "&", "show only lines that match", "only", this::openFilter),
        action(
            "wrap",
            "w",
            "wrap long lines or cut them",
            "wrap",
            s -> change(s, v -> v.wrap(!v.wrap()))),
        action("clear", "esc", "clear the search, then the filter, then back", "", this::clear));
  }

  /** A page keeps a row of the one before in sight. */
  private static int page(Rect rect) {
    return Math.max(1, rect.height() - 1);
  }

  private Action scroll(String name, String keys, String title, Rows rows) {
    return action(name, keys, title, "", s -> scrolled(s, rows.of(area.apply(s))));
  }

  private Step scrolled(State state, int rows) {
    Lines text = lines.apply(state);
    return change(state, v -> LineView.scroll(text, v, area.apply(state), rows));
  }

  private Action action(String name, String keys, String title, String hint, Change run) {
    return Action.of(context.name() + "." + name, context, keys, title, hint, run);
  }

  private Step change(State state, UnaryOperator<Viewport> change) {
    return Step.to(set.apply(state, change.apply(view.apply(state))));
  }

  private Step find(State state, int step) {
    return change(state, v -> LineView.find(lines.apply(state), v, area.apply(state), step));
  }

  private Step openSearch(State state) {
    return Step.to(
        InputLine.open(
            state,
            new InputLine.Input(
                "/",
                TextLine.of(view.apply(state).search().text()),
                "Enter finds it, then n and N; Esc clears it",
                (s, text) -> change(s, v -> v.search(text)),
                // In a view that sticks to the end the newest match is the one that is wanted.
                (s, text) ->
                    change(s, v -> v.search(text))
                        .then(found -> find(found, view.apply(found).stick() ? -1 : 1)),
                s -> change(s, v -> v.search("")),
                this::scrolled)));
  }

  private Step openFilter(State state) {
    return Step.to(
        InputLine.open(
            state,
            new InputLine.Input(
                "&",
                TextLine.of(view.apply(state).filter().text()),
                "text · !not · ~expression   Enter keeps it, Esc clears it",
                (s, text) -> change(s, v -> v.filter(text)),
                (s, text) -> change(s, v -> v.filter(text)),
                s -> change(s, v -> v.filter("")),
                this::scrolled)));
  }

  private Step clear(State state) {
    Viewport now = view.apply(state);
    if (!now.search().text().isEmpty()) {
      return change(state, v -> v.search(""));
    } else if (!now.filter().text().isEmpty()) {
      return change(state, v -> v.filter(""));
    }
    return back.apply(state);
  }

  /** The wheel scrolls. */
  public Optional<Step> mouse(State state, Mouse mouse) {
    if (mouse.action() != Mouse.Action.PRESS) {
      return Optional.empty();
    }
    return switch (mouse.button()) {
      case WHEEL_UP -> Optional.of(scrolled(state, -3));
      case WHEEL_DOWN -> Optional.of(scrolled(state, 3));
      default -> Optional.empty();
    };
  }
}
