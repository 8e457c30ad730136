package dev.containertui.tui.console;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.vt.Match;
import dev.containertui.tui.vt.Position;
import dev.containertui.tui.vt.TerminalView;
import dev.containertui.tui.widget.InputLine;
import dev.containertui.tui.widget.TextLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Looking back into a console's history, and searching it. */
final class Scrolling {
  private final PanePlace place;
  private final Context context;

  Scrolling(PanePlace place, Context context) {
    this.place = place;
    this.context = context;
  }

  List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    actions.add(scroll("up", "k up", "look a row further back", "", _ -> 1));
    actions.add(scroll("down", "j down", "a row on", "", _ -> -1));
    actions.add(scroll("page-up", "pgup ctrl-b", "a page back", "back", v -> v.lines().size() - 1));
    actions.add(
        scroll("page-down", "pgdn ctrl-f space", "a page on", "", v -> 1 - v.lines().size()));
    actions.add(
        scroll("half-page-up", "ctrl-u", "half a page back", "", v -> v.lines().size() / 2));
    actions.add(
        scroll("half-page-down", "ctrl-d", "half a page on", "", v -> -v.lines().size() / 2));
    actions.add(scroll("oldest", "g home", "to the oldest row", "", v -> v.historySize()));
    actions.add(scroll("present", "G end", "to the present", "", v -> -v.historySize()));
    actions.addAll(searches(context, place.name()));
    actions.add(action("clear", "esc", "forget the search, then back to the present", this::clear));
    return actions;
  }

  /** The keys of searching, which are the same in copy mode. */
  List<Action> searches(Context where, String prefix) {
    return List.of(
        Action.of(prefix + ".search", where, "/", "search screen and history", "search", this::ask),
        Action.of(
            prefix + ".search-next",
            where,
            "n",
            "to the next match, further back",
            "",
            s -> go(s, -1)),
        Action.of(
            prefix + ".search-previous",
            where,
            "N",
            "to the match before, further on",
            "",
            s -> go(s, 1)));
  }

  private Action scroll(
      String name, String keys, String title, String hint, Function<TerminalView, Integer> back) {
    return Action.of(
        place.name() + "." + name,
        context,
        keys,
        title,
        hint,
        s ->
            place
                .pane(s)
                .flatMap(p -> p.view().map(v -> Step.to(place.with(s, back(p, back.apply(v))))))
                .orElse(Step.to(s)));
  }

  private Action action(String name, String keys, String title, Change run) {
    return Action.of(place.name() + "." + name, context, keys, title, "", run);
  }

  /** Looks {@code rows} further back, or on if negative. */
  static Pane back(Pane pane, int rows) {
    return pane.view()
        .map(v -> pane.with(pane.looking().from(anchor(v, v.firstRow() - rows))))
        .orElse(pane);
  }

  /** Where to look from so that a row is the first; the present if that would be further on. */
  static OptionalLong anchor(TerminalView view, long first) {
    long present = view.firstRow() + view.scrolledBack();
    return first >= present
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(first, present - view.historySize()));
  }

  private Step clear(State state) {
    Optional<Pane> pane = place.pane(state);
    if (pane.isEmpty()) {
      return Step.to(state);
    }
    Looking looking = pane.get().looking();
    boolean nothing = looking.needle().isEmpty() && looking.selection().isEmpty();
    Looking cleared =
        nothing
            ? looking.from(OptionalLong.empty())
            : looking.search("", Optional.empty()).selection(Optional.empty(), false);
    return Step.to(place.with(state, pane.get().with(cleared)));
  }

  // --- searching

  private Step ask(State state) {
    Optional<Pane> pane = place.pane(state);
    if (pane.flatMap(Pane::console).isEmpty()) {
      return Step.to(state);
    }
    Looking before = pane.get().looking();
    return Step.to(
        InputLine.open(
            state,
            new InputLine.Input(
                "/",
                TextLine.EMPTY,
                "the last place first, n goes back · Esc clears",
                (s, text) -> Step.to(typed(s, before, text)),
                (s, text) -> found(text.isEmpty() ? s : typed(s, before, text)),
                s -> Step.to(looking(s, before.search("", Optional.empty()))),
                (s, by) -> go(s, by))));
  }

  private State looking(State state, Looking looking) {
    return place.pane(state).map(p -> place.with(state, p.with(looking))).orElse(state);
  }

  /**
   * While a text is typed, the match shown is the last that was there at the start of it. That
   * there is none is told when it is complete.
   */
  private State typed(State state, Looking before, String text) {
    State there = looking(state, before.search(text, Optional.empty()));
    return text.isEmpty() ? there : go(there, -1, there);
  }

  private Step found(State state) {
    Optional<Pane> pane = place.pane(state);
    boolean none =
        pane.isPresent()
            && !pane.get().looking().needle().isEmpty()
            && pane.get().looking().match().isEmpty();
    return Step.to(
        none ? Shell.note(state, "not found: " + pane.get().looking().needle(), "") : state);
  }

  /** To another match, around the ends. */
  private Step go(State state, int by) {
    String needle = place.pane(state).map(p -> p.looking().needle()).orElse("");
    return Step.to(go(state, by, Shell.note(state, "not found: " + needle, "")));
  }

  private State go(State state, int by, State notFound) {
    Optional<Pane> pane = place.pane(state);
    Optional<Console> console = pane.flatMap(Pane::console);
    if (console.isEmpty() || pane.get().looking().needle().isEmpty()) {
      return state;
    }
    Looking looking = pane.get().looking();
    List<Match> matches = console.get().search(looking.needle());
    if (matches.isEmpty()) {
      return looking(notFound, looking.search(looking.needle(), Optional.empty()));
    }
    TerminalView view = pane.get().view().orElseThrow();
    Position start =
        looking
            .match()
            .or(looking::cursor)
            .orElse(new Position(view.firstRow() + view.lines().size(), 0));
    Match match = next(matches, start, by);
    return place.with(state, pane.get().with(show(looking, view, match.start())));
  }

  private static Match next(List<Match> matches, Position start, int by) {
    if (by < 0) {
      for (Match match : matches.reversed()) {
        if (match.start().compareTo(start) < 0) {
          return match;
        }
      }
      return matches.getLast();
    }
    for (Match match : matches) {
      if (match.start().compareTo(start) > 0) {
        return match;
      }
    }
    return matches.getFirst();
  }

  /** A match that is not in sight comes to the middle; in copy mode the cursor goes there. */
  private static Looking show(Looking looking, TerminalView view, Position start) {
    int height = view.lines().size();
    boolean inSight = start.row() >= view.firstRow() && start.row() < view.firstRow() + height;
    Looking there = inSight ? looking : looking.from(anchor(view, start.row() - height / 2));
    Looking marked = there.search(looking.needle(), Optional.of(start));
    return looking.isCopying() ? marked.cursor(start) : marked;
  }
}
