package dev.containertui.tui.console;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.console.ConsoleRequest.Kind;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.overlay.Confirm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What can be done with tabs and panes. */
final class ConsoleTabs {
  private final Context context;

  ConsoleTabs(Context context) {
    this.context = context;
  }

  List<Action> actions() {
    return List.of(
        action("next", "]", "the next tab", "next", s -> show(s, 1)),
        action("previous", "[", "the tab before", "", s -> show(s, -1)),
        action("split", "s", "a shell of this container beside it", "split", s -> shell(s, true)),
        action(
            "shell", "e", "a shell of this container in a new tab", "shell", s -> shell(s, false)),
        action("pane", "tab w", "the next pane of this tab", "pane", s -> focus(s, 1)),
        action("pane-before", "shift-tab W", "the pane before", "", s -> focus(s, -1)),
        action("pane-left", "ctrl-left H", "the pane to the left", "", s -> beside(s, -1, 0)),
        action("pane-right", "ctrl-right L", "the pane to the right", "", s -> beside(s, 1, 0)),
        action("pane-above", "ctrl-up K", "the pane above", "", s -> beside(s, 0, -1)),
        action("pane-below", "ctrl-down J", "the pane below", "", s -> beside(s, 0, 1)),
        action("zoom", "z", "this pane alone, and back", "zoom", ConsoleTabs::zoom),
        action("break", "b", "move this pane to a tab of its own", "", ConsoleTabs::breakOut),
        action("join", "m", "take the next tab's panes into this one", "", ConsoleTabs::join),
        action("again", "r", "open again what has ended", "", ConsoleTabs::reopen),
        action(
            "close", "x", "close it; ends what was started for it", "close", ConsoleTabs::close));
  }

  private Action action(String name, String keys, String title, String hint, Change run) {
    return Action.of("consoles." + name, context, keys, title, hint, run);
  }

  private static Step change(State state, UnaryOperator<Consoles> change) {
    Consoles consoles = state.get(Consoles.SLOT);
    return Step.to(consoles.tab().isEmpty() ? state : Consoles.put(state, change.apply(consoles)));
  }

  static Step show(State state, int by) {
    return change(state, c -> c.show(c.current() + by));
  }

  static Step focus(State state, int by) {
    return change(state, c -> c.tab(t -> t.focus(t.focus() + by)));
  }

  private static Step beside(State state, int dx, int dy) {
    List<Rect> tiles =
        ConsoleLayout.of(state).panes().stream().map(ConsoleLayout.Placed::rect).toList();
    return change(
        state,
        c ->
            c.tab(
                t ->
                    tiles.size() == t.panes().size()
                        ? t.focus(Tiling.beside(tiles, t.focus(), dx, dy))
                        : t));
  }

  private static Step zoom(State state) {
    return change(state, c -> c.tab(t -> t.zoom(!t.zoomed() && t.panes().size() > 1)));
  }

  private static Step shell(State state, boolean beside) {
    Consoles consoles = state.get(Consoles.SLOT);
    Optional<ConsoleRequest> request = consoles.focused().flatMap(Pane::request);
    if (request.isEmpty()) {
      return Step.to(Shell.note(state, "no console here to open another beside", ""));
    } else if (beside && consoles.tab().orElseThrow().isFull()) {
      return Step.to(
          Shell.note(
              state, "a tab has at most " + Tiling.MAX_PANES + " panes", "e opens a new tab"));
    }
    return Consoles.open(
        state, new ConsoleRequest(request.get().containerId(), Kind.SHELL, List.of()), beside);
  }

  private static Step breakOut(State state) {
    return change(
        state,
        c -> {
          Tab tab = c.tab().orElseThrow();
          return tab.panes().size() < 2 ? c : c.removeFocused().add(tab.focused());
        });
  }

  private static Step join(State state) {
    Consoles consoles = state.get(Consoles.SLOT);
    if (consoles.tabs().size() < 2) {
      return Step.to(Shell.note(state, "there is no other tab", ""));
    }
    int next = (consoles.current() + 1) % consoles.tabs().size();
    Tab here = consoles.tab().orElseThrow();
    Tab there = consoles.tabs().get(next);
    if (here.panes().size() + there.panes().size() > Tiling.MAX_PANES) {
      return Step.to(
          Shell.note(state, "a tab has at most " + Tiling.MAX_PANES + " panes", "b moves one out"));
    }
    List<Pane> panes = new ArrayList<>(here.panes());
    panes.addAll(there.panes());
    List<Tab> tabs = new ArrayList<>(consoles.tabs());
    tabs.set(consoles.current(), new Tab(panes, here.focus(), false));
    tabs.remove(next);
    int current = next < consoles.current() ? consoles.current() - 1 : consoles.current();
    return Step.to(
        Consoles.put(state, new Consoles(tabs, current, consoles.keyboard(), consoles.nextId())));
  }

  private static Step reopen(State state) {
    return state
        .get(Consoles.SLOT)
        .focused()
        .map(pane -> Consoles.reopen(state, pane))
        .orElse(Step.to(state));
  }

  private static Step close(State state) {
    Optional<Pane> pane = state.get(Consoles.SLOT).focused();
    if (pane.isEmpty()) {
      return Step.to(state);
    }
    boolean ends =
        pane.get().request().map(r -> r.kind() != Kind.ATTACH).orElse(false)
            && pane.get().console().map(c -> !c.hasEnded()).orElse(false);
    long id = pane.get().id();
    if (!ends) {
      return remove(state, id);
    }
    return Step.to(
        Confirm.ask(
            state,
            "Close " + pane.get().label() + "?",
            List.of("What runs in it is ended."),
            s -> remove(s, id)));
  }

  private static Step remove(State state, long id) {
    Optional<Pane> pane = state.get(Consoles.SLOT).pane(id);
    if (pane.isEmpty()) {
      return Step.to(state);
    }
    Consoles without = state.get(Consoles.SLOT).focus(id).removeFocused();
    State changed = Consoles.put(state, without.with(Keyboard.DETACHED));
    return Step.to(changed, ConsoleOpener.close(pane.get().console().stream().toList()));
  }
}
