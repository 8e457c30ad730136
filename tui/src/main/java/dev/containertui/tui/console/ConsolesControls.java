package dev.containertui.tui.console;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Program;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Mouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** All that can be done on the screen of consoles. */
public final class ConsolesControls {
  private final PaneControls pane;
  private final ConsoleTabs tabs;

  public ConsolesControls(Supplier<Program> program) {
    pane = new PaneControls(ConsolesPlace.FOCUSED, "Consoles", program);
    tabs = new ConsoleTabs(pane.context());
  }

  public List<Action> actions() {
    List<Action> actions = new ArrayList<>(pane.actions());
    actions.addAll(tabs.actions());
    return actions;
  }

  public List<Context> contexts(State state) {
    return pane.contexts(state);
  }

  public boolean isTyping(State state) {
    return pane.isTyping(state);
  }

  public Optional<Step> capture(State state, Key key) {
    return pane.capture(state, key);
  }

  /** Gives consoles the size of their panes. */
  public Step fit(State state) {
    return Step.to(Consoles.put(state, state.get(Consoles.SLOT)));
  }

  /** Shows a tab. */
  public Step show(State state, int index) {
    return Step.to(Consoles.put(state, state.get(Consoles.SLOT).show(index)));
  }

  /** A click into another pane gives that the focus; else it is for the pane with the focus. */
  public Optional<Step> mouse(State state, Mouse mouse, ConsoleLayout layout) {
    Consoles consoles = state.get(Consoles.SLOT);
    if (consoles.tab().isEmpty()) {
      return Optional.empty();
    }
    int focus = consoles.tab().get().focus();
    Optional<ConsoleLayout.Placed> under =
        layout.panes().stream().filter(p -> contains(p.rect(), mouse)).findFirst();
    boolean elsewhere = under.map(p -> p.index() != focus).orElse(false);
    if (mouse.action() == Mouse.Action.PRESS && elsewhere) {
      int index = under.get().index();
      return Optional.of(Step.to(Consoles.put(state, consoles.tab(t -> t.focus(index)))));
    }
    return layout.panes().stream()
        .filter(p -> p.index() == focus)
        .findFirst()
        .flatMap(p -> pane.mouse(state, mouse, p.rect()));
  }

  private static boolean contains(Rect rect, Mouse mouse) {
    return mouse.column() >= rect.x()
        && mouse.column() < rect.x() + rect.width()
        && mouse.row() >= rect.y()
        && mouse.row() < rect.y() + rect.height();
  }

  /**
   * Draws a pane with its frame.
   *
   * @param focused whether it is the one with the focus
   */
  public void draw(
      Canvas canvas, Rect rect, State state, Pane drawn, String title, boolean focused) {
    pane.draw(canvas, rect, state, drawn, title, focused);
  }
}
