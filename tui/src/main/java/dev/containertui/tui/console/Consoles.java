package dev.containertui.tui.console;

import dev.containertui.agent.TerminalSize;
import dev.containertui.tui.app.ScreenId;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.facts.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * All consoles.
 *
 * @param current index of the tab that is shown
 * @param nextId of the next pane
 */
public record Consoles(List<Tab> tabs, int current, Keyboard keyboard, long nextId) {
  public static final Slot<Consoles> SLOT =
      new Slot<>("consoles", new Consoles(List.of(), 0, Keyboard.DETACHED, 1));

  /** From this size on, a new console is put beside the others instead of over them. */
  private static final int WIDE_COLUMNS = 200;

  private static final int WIDE_ROWS = 60;

  public Consoles {
    tabs = List.copyOf(tabs);
  }

  public Optional<Tab> tab() {
    return tabs.isEmpty() ? Optional.empty() : Optional.of(tabs.get(current));
  }

  public Optional<Pane> focused() {
    return tab().map(Tab::focused);
  }

  public List<Pane> panes() {
    return tabs.stream().flatMap(t -> t.panes().stream()).toList();
  }

  Consoles with(Keyboard changed) {
    return new Consoles(tabs, current, changed, nextId);
  }

  /** Shows another tab, from the last on to the first; the user knows what the present one did. */
  Consoles show(int index) {
    if (tabs.isEmpty()) {
      return this;
    }
    List<Tab> seen = tab(Tab::seen).tabs;
    return new Consoles(seen, Math.floorMod(index, tabs.size()), keyboard, nextId);
  }

  /** Changes the tab that is shown. */
  Consoles tab(UnaryOperator<Tab> change) {
    List<Tab> changed = new ArrayList<>(tabs);
    changed.set(current, change.apply(changed.get(current)));
    return new Consoles(changed, current, keyboard, nextId);
  }

  Consoles with(Pane pane) {
    return new Consoles(tabs.stream().map(t -> t.with(pane)).toList(), current, keyboard, nextId);
  }

  Optional<Pane> pane(long id) {
    return panes().stream().filter(p -> p.id() == id).findFirst();
  }

  /** A tab of its own for a pane, behind the current one; it is shown. */
  Consoles add(Pane pane) {
    List<Tab> more = new ArrayList<>(tabs);
    int index = tabs.isEmpty() ? 0 : current + 1;
    more.add(index, Tab.of(pane));
    return new Consoles(more, index, keyboard, Math.max(nextId, pane.id() + 1));
  }

  /** A pane in the current tab. */
  Consoles split(Pane pane) {
    Consoles changed = tab(t -> t.and(pane));
    return new Consoles(changed.tabs, current, keyboard, Math.max(nextId, pane.id() + 1));
  }

  /** Takes the pane with the focus out, and its tab if that was the last. */
  Consoles removeFocused() {
    Tab tab = tabs.get(current);
    if (tab.panes().size() > 1) {
      return tab(Tab::withoutFocused);
    }
    List<Tab> fewer = new ArrayList<>(tabs);
    fewer.remove(current);
    return new Consoles(fewer, Math.max(0, Math.min(current, fewer.size() - 1)), keyboard, nextId);
  }

  /** Shows the tab that a pane is in, and gives it the focus. */
  Consoles focus(long id) {
    for (int t = 0; t < tabs.size(); t++) {
      List<Pane> panes = tabs.get(t).panes();
      for (int p = 0; p < panes.size(); p++) {
        if (panes.get(p).id() == id) {
          int index = p;
          return show(t).tab(tab -> tab.focus(index));
        }
      }
    }
    return this;
  }

  // --- changes of the whole state

  /** Sets the consoles of a state: those that are seen get their size, and are seen. */
  static State put(State state, Consoles consoles) {
    State changed = state.put(SLOT, consoles);
    Consoles fitted = consoles;
    for (ConsoleLayout.Placed placed : ConsoleLayout.of(changed).panes()) {
      fitted = fitted.with(fit(placed.pane(), placed.inside(), state).seen());
    }
    return changed.put(SLOT, fitted);
  }

  /** What lies in the history has another row number at another width: places are lost. */
  static Pane fit(Pane pane, Rect place, State state) {
    if (pane.console().isEmpty() || place.isEmpty()) {
      return pane;
    }
    Console console = pane.console().get();
    Shell shell = state.get(Shell.SLOT);
    Rect inside = console.isBare() ? new Rect(0, 0, shell.columns(), shell.rows()) : place;
    if (console.columns() == inside.width() && console.rows() == inside.height()) {
      return pane;
    }
    int back = console.view(pane.looking().from()).scrolledBack();
    console.resize(new TerminalSize(inside.width(), inside.height()));
    Looking looking = Looking.PRESENT.search(pane.looking().needle(), Optional.empty());
    return pane.with(
        back == 0 ? looking : looking.from(OptionalLong.of(console.viewBack(back).firstRow())));
  }

  /** Goes to the screen of consoles and opens one, or goes to one that is open. */
  static Step request(State state, ConsoleRequest request) {
    State there = state.with(Shell.SLOT, shell -> shell.withScreen(ScreenId.CONSOLES));
    Consoles consoles = there.get(SLOT);
    Optional<Pane> open =
        request.kind() == ConsoleRequest.Kind.EXEC
            ? Optional.empty()
            : consoles.panes().stream().filter(p -> serves(p, request)).findFirst();
    if (open.isPresent()) {
      return Step.to(put(there, consoles.focus(open.get().id()).with(Keyboard.ATTACHED)));
    }
    Shell shell = there.get(Shell.SLOT);
    boolean beside =
        shell.columns() >= WIDE_COLUMNS
            && shell.rows() >= WIDE_ROWS
            && consoles.tab().map(t -> !t.isFull() && !t.zoomed()).orElse(false);
    return open(there, request, beside);
  }

  private static boolean serves(Pane pane, ConsoleRequest request) {
    return pane.request().filter(r -> r.running().equals(request.running())).isPresent()
        && !pane.console().map(Console::hasEnded).orElse(false)
        && (pane.console().isPresent() || pane.reason().size() == 1);
  }

  /**
   * Opens another console.
   *
   * @param beside in the current tab; else in one of its own
   */
  static Step open(State state, ConsoleRequest request, boolean beside) {
    Consoles consoles = state.get(SLOT);
    String name =
        Facts.of(state)
            .container(request.containerId())
            .map(c -> c.name())
            .orElse(request.containerId());
    Pane pane = Pane.opening(consoles.nextId(), name, Optional.of(request));
    Consoles more = beside ? consoles.split(pane) : consoles.add(pane);
    State changed = put(state, more.with(Keyboard.ATTACHED));
    return Step.to(changed, ConsoleOpener.open(pane.id(), request, size(changed)));
  }

  private static TerminalSize size(State state) {
    Rect inside = ConsoleLayout.of(state).focused(state.get(SLOT));
    return new TerminalSize(Math.max(1, inside.width()), Math.max(1, inside.height()));
  }

  /** Opens again what has ended or could not be opened, in the same pane. */
  static Step reopen(State state, Pane pane) {
    if (pane.request().isEmpty()
        || pane.console().isPresent() && !pane.console().get().hasEnded()) {
      return Step.to(state);
    }
    Pane fresh = Pane.opening(pane.id(), pane.name(), pane.request());
    State changed = put(state, state.get(SLOT).with(fresh).with(Keyboard.ATTACHED));
    return Step.to(changed, ConsoleOpener.open(pane.id(), pane.request().get(), size(changed)));
  }

  /**
   * @param name of the container, which may not have been known when the console was asked for
   */
  static Step opened(State state, long id, String name, Console console) {
    Optional<Pane> pane = state.get(SLOT).pane(id);
    if (pane.isEmpty()) {
      return Step.to(state, ConsoleOpener.close(List.of(console)));
    }
    return Step.to(put(state, state.get(SLOT).with(pane.get().opened(name, console))));
  }

  static Step failed(State state, long id, List<String> reason) {
    Optional<Pane> pane = state.get(SLOT).pane(id);
    return Step.to(
        pane.map(p -> put(state, state.get(SLOT).with(p.without(reason)).with(Keyboard.DETACHED)))
            .orElse(state));
  }

  /** Shells and commands that run in consoles and go with them, as {@code container: process}. */
  public static List<String> endingWithUs(State state) {
    return state.get(SLOT).panes().stream()
        .filter(p -> p.console().isPresent() && !p.console().get().hasEnded())
        .filter(p -> p.request().isPresent())
        .filter(p -> p.request().get().running().kind() != ConsoleRequest.Kind.ATTACH)
        .map(p -> p.name() + ": " + p.request().get().process())
        .toList();
  }

  /** Lets go of all; blocks. */
  public static void closeAll(State state) {
    ConsoleOpener.closeAll(
        state.get(SLOT).panes().stream().flatMap(p -> p.console().stream()).toList());
  }
}
