package dev.containertui.tui.console;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.vt.Line;
import dev.containertui.tui.vt.Position;
import dev.containertui.tui.vt.TerminalView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A cursor of the user's own that goes through screen and history, selects and copies. */
final class CopyMode {
  private static final int FAR = 1_000_000;

  private final PanePlace place;
  private final Context context;
  private final Scrolling scrolling;

  /** Where a movement leads; the text is that of a view with the cursor in it. */
  @FunctionalInterface
  private interface Movement {
    Position apply(Text text, Position from);
  }

  CopyMode(PanePlace place, String title, Scrolling scrolling) {
    this.place = place;
    this.scrolling = scrolling;
    context = new Context(place.name() + ".copy", title + ", copy mode");
  }

  Context context() {
    return context;
  }

  boolean isOn(State state) {
    return place.pane(state).map(p -> p.looking().isCopying()).orElse(false);
  }

  List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    actions.add(
        action("select", "v", "begin or drop a selection", "select", s -> select(s, false)));
    actions.add(action("select-rows", "V", "select whole rows", "rows", s -> select(s, true)));
    actions.add(action("yank", "y enter", "copy what is selected", "copy", this::yank));
    actions.add(action("link", "u", "copy the address of the link here", "link", this::yankLink));
    actions.add(action("leave", "q ctrl-c", "leave copy mode", "leave", this::leave));
    actions.add(action("drop", "esc", "drop the selection, then leave", "", this::drop));
    actions.add(move("left", "h left", "left", (_, p) -> at(p, 0, -1)));
    actions.add(move("right", "l right", "right", (_, p) -> at(p, 0, 1)));
    actions.add(move("up", "k up", "up", (_, p) -> at(p, -1, 0)));
    actions.add(move("down", "j down", "down", (_, p) -> at(p, 1, 0)));
    actions.add(move("row-start", "0 home", "to the start of the row", (_, p) -> at(p, 0, -FAR)));
    actions.add(move("row-end", "$ end", "to the end of the row", (t, p) -> t.end(p.row())));
    actions.add(move("word", "w", "to the next word", Text::nextWord));
    actions.add(move("word-back", "b", "to the word before", Text::previousWord));
    actions.add(
        move("half-page-up", "ctrl-u", "half a page up", (t, p) -> at(p, -t.height() / 2, 0)));
    actions.add(
        move("half-page-down", "ctrl-d", "half a page down", (t, p) -> at(p, t.height() / 2, 0)));
    actions.add(move("page-up", "pgup ctrl-b", "a page up", (t, p) -> at(p, 1 - t.height(), 0)));
    actions.add(
        move("page-down", "pgdn ctrl-f", "a page down", (t, p) -> at(p, t.height() - 1, 0)));
    actions.add(move("first", "g", "to the oldest row", (_, p) -> at(p, -FAR, -FAR)));
    actions.add(move("last", "G", "to the last row", (_, p) -> at(p, FAR, -FAR)));
    actions.addAll(scrolling.searches(context, place.name() + ".copy"));
    return actions;
  }

  private Action action(String name, String keys, String title, String hint, Change run) {
    return Action.of(place.name() + ".copy-" + name, context, keys, title, hint, run);
  }

  private Action move(String name, String keys, String title, Movement movement) {
    return action(
        name,
        keys,
        title,
        "",
        s -> change(s, p -> p.with(moved(p, p.view().orElseThrow(), movement))));
  }

  private static Position at(Position from, int rows, int columns) {
    return new Position(from.row() + rows, Math.max(0, from.column() + columns));
  }

  private Step change(State state, java.util.function.UnaryOperator<Pane> change) {
    return place
        .pane(state)
        .filter(p -> p.looking().isCopying() && p.console().isPresent())
        .map(p -> Step.to(place.with(state, change.apply(p))))
        .orElse(Step.to(state));
  }

  /** Starts at the guest's cursor if it is in sight, else in the last row. */
  Step enter(State state) {
    Optional<Pane> pane = place.pane(state);
    Optional<TerminalView> view = pane.flatMap(Pane::view);
    if (view.isEmpty()) {
      return Step.to(state);
    }
    TerminalView v = view.get();
    Position cursor =
        v.cursorVisible()
            ? new Position(v.firstRow() + v.cursorRow(), v.cursorColumn())
            : new Position(v.firstRow() + v.lines().size() - 1, 0);
    Looking looking =
        pane.get()
            .looking()
            .from(OptionalLong.of(v.firstRow()))
            .selection(Optional.empty(), false)
            .cursor(cursor);
    return Step.to(place.with(state, pane.get().with(looking)));
  }

  private static Looking moved(Pane pane, TerminalView view, Movement movement) {
    Looking looking = pane.looking();
    Text text = new Text(pane.console().orElseThrow(), view);
    Position wanted = movement.apply(text, looking.cursor().orElseThrow());
    long row = Math.clamp(wanted.row(), text.oldest(), text.last());
    Position cursor = new Position(row, Math.clamp(wanted.column(), 0, view.columns() - 1));
    long first = view.firstRow();
    if (row < first) {
      first = row;
    } else if (row >= first + view.lines().size()) {
      first = row - view.lines().size() + 1;
    }
    return looking.from(OptionalLong.of(first)).cursor(cursor);
  }

  private Step select(State state, boolean rows) {
    return change(
        state,
        p -> {
          Looking looking = p.looking();
          Position cursor = looking.cursor().orElseThrow();
          Optional<Selection> chosen =
              looking.selection().isPresent() && looking.selection().get().wholeRows() == rows
                  ? Optional.empty()
                  : Optional.of(
                      looking
                          .selection()
                          .map(s -> new Selection(s.anchor(), cursor, rows))
                          .orElse(new Selection(cursor, cursor, rows)));
          return p.with(looking.selection(chosen, false));
        });
  }

  private Step yank(State state) {
    Optional<Pane> pane = place.pane(state);
    Optional<Selection> selection = pane.flatMap(p -> p.looking().selection());
    if (selection.isEmpty()) {
      return Step.to(Shell.note(state, "nothing is selected", "v begins a selection"));
    }
    return copy(leave(state).state(), pane.get(), selection.get());
  }

  /** Copies a part of a console to the user's clipboard. */
  static Step copy(State state, Pane pane, Selection selection) {
    String text = pane.console().map(c -> c.text(selection.from(), selection.end())).orElse("");
    return text.isEmpty()
        ? Step.to(Shell.note(state, "nothing to copy there", ""))
        : copyText(state, text);
  }

  static Step copyText(State state, String text) {
    long lines = text.lines().count();
    String what =
        lines > 1 ? lines + " lines" : text.codePointCount(0, text.length()) + " characters";
    return Step.to(
        Shell.success(state, "copied " + what, ""),
        new Effect("copy", host -> host.clipboard(text)));
  }

  private Step yankLink(State state) {
    Optional<Pane> pane = place.pane(state);
    Optional<String> link = pane.flatMap(p -> link(p, p.looking().cursor().orElseThrow()));
    return link.map(address -> copyLink(state, address))
        .orElse(Step.to(Shell.note(state, "there is no link under the cursor", "")));
  }

  static Step copyLink(State state, String address) {
    return Step.to(
        Shell.success(state, "copied " + address, ""),
        new Effect("copy link", host -> host.clipboard(address)));
  }

  /** The address of the link in a cell. */
  static Optional<String> link(Pane pane, Position cell) {
    return pane.view()
        .flatMap(
            view -> {
              long index = cell.row() - view.firstRow();
              if (index < 0 || index >= view.lines().size()) {
                return Optional.empty();
              }
              Line line = view.lines().get((int) index);
              return cell.column() < line.columns()
                  ? pane.console().flatMap(c -> c.link(line.link(cell.column())))
                  : Optional.empty();
            });
  }

  private Step leave(State state) {
    return change(state, p -> p.with(p.looking().withoutCursor().from(OptionalLong.empty())));
  }

  private Step drop(State state) {
    boolean selected =
        place.pane(state).map(p -> p.looking().selection().isPresent()).orElse(false);
    return selected
        ? change(state, p -> p.with(p.looking().selection(Optional.empty(), false)))
        : leave(state);
  }
}
