package dev.containertui.tui.console;

import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.vt.Mouse.Action;
import dev.containertui.tui.vt.Mouse.Button;
import dev.containertui.tui.vt.Position;
import dev.containertui.tui.vt.TerminalView;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The mouse over a console: the guest's if it has the keyboard and asked for it; else, and always
 * with Shift, it selects, copies, scrolls and opens links.
 */
final class PaneMouse {
  private static final int WHEEL_ROWS = 3;

  private final PanePlace place;
  private final Typing typing;

  PaneMouse(PanePlace place, Typing typing) {
    this.place = place;
    this.typing = typing;
  }

  /**
   * @param inside the pane with the focus, without its frame
   */
  Optional<Step> mouse(State state, Mouse mouse, Rect inside) {
    Optional<Pane> pane = place.pane(state);
    Optional<TerminalView> view = pane.flatMap(Pane::view);
    if (view.isEmpty() || inside.isEmpty()) {
      return Optional.empty();
    }
    boolean dragging = pane.get().looking().dragging();
    Mouse local = local(mouse, inside);
    if (!dragging && isGuests(state, pane.get(), local)) {
      boolean follows = mouse.action() != Action.PRESS && mouse.button() != Button.NONE;
      if (follows || contains(inside, mouse)) {
        pane.get().console().orElseThrow().point(local);
      }
      return Optional.of(Step.to(state));
    }
    if (mouse.action() == Action.PRESS && !contains(inside, mouse)) {
      return Optional.empty();
    }
    return switch (mouse.action()) {
      case PRESS -> press(state, pane.get(), view.get(), local);
      case MOVE -> dragging ? drag(state, pane.get(), mouse, inside) : Optional.empty();
      case RELEASE -> dragging ? release(state, pane.get()) : Optional.empty();
    };
  }

  private boolean isGuests(State state, Pane pane, Mouse local) {
    Console console = pane.console().orElseThrow();
    boolean offered = typing.isOn(state) && !local.shift() && pane.looking().from().isEmpty();
    // A guest that tracks buttons only must not have its drags taken for ours.
    return offered && (console.wants(local) || console.tracksMouse());
  }

  private static boolean contains(Rect inside, Mouse mouse) {
    return mouse.column() >= inside.x()
        && mouse.column() < inside.x() + inside.width()
        && mouse.row() >= inside.y()
        && mouse.row() < inside.y() + inside.height();
  }

  private static Mouse local(Mouse mouse, Rect inside) {
    return new Mouse(
        mouse.action(),
        mouse.button(),
        Math.clamp(mouse.column() - inside.x(), 0, inside.width() - 1),
        Math.clamp(mouse.row() - inside.y(), 0, inside.height() - 1),
        mouse.ctrl(),
        mouse.alt(),
        mouse.shift());
  }

  private Optional<Step> press(State state, Pane pane, TerminalView view, Mouse local) {
    if (local.button() == Button.WHEEL_UP || local.button() == Button.WHEEL_DOWN) {
      int rows = local.button() == Button.WHEEL_UP ? WHEEL_ROWS : -WHEEL_ROWS;
      return Optional.of(Step.to(place.with(state, Scrolling.back(pane, rows))));
    }
    if (local.button() != Button.LEFT) {
      return Optional.empty();
    }
    Position cell = new Position(view.firstRow() + local.row(), local.column());
    Looking looking =
        pane.looking()
            .from(OptionalLong.of(view.firstRow())) // it holds still while something is selected
            .selection(Optional.of(new Selection(cell, cell, false)), true);
    return Optional.of(Step.to(place.with(state, pane.with(looking))));
  }

  /** Beyond the upper or lower edge it scrolls. */
  private Optional<Step> drag(State state, Pane pane, Mouse mouse, Rect inside) {
    int over = mouse.row() < inside.y() ? 1 : mouse.row() >= inside.y() + inside.height() ? -1 : 0;
    Pane scrolled = over == 0 ? pane : hold(Scrolling.back(pane, over));
    Mouse local = local(mouse, inside);
    TerminalView view = scrolled.view().orElseThrow();
    Position cell = new Position(view.firstRow() + local.row(), local.column());
    Looking looking = scrolled.looking();
    Optional<Selection> selection = looking.selection().map(s -> s.to(cell));
    return Optional.of(
        Step.to(place.with(state, scrolled.with(looking.selection(selection, true)))));
  }

  private static Pane hold(Pane pane) {
    return pane.with(pane.looking().from(OptionalLong.of(pane.view().orElseThrow().firstRow())));
  }

  private Optional<Step> release(State state, Pane pane) {
    TerminalView view = pane.view().orElseThrow();
    Looking looking = pane.looking();
    Selection selection = looking.selection().orElseThrow();
    Looking rested =
        looking.isCopying() ? looking : looking.from(Scrolling.anchor(view, view.firstRow()));
    if (!selection.anchor().equals(selection.cursor())) {
      Pane kept = pane.with(rested.selection(looking.selection(), false));
      return Optional.of(CopyMode.copy(place.with(state, kept), kept, selection));
    }
    Pane clicked = pane.with(rested.selection(Optional.empty(), false));
    State there = place.with(state, clicked);
    return Optional.of(
        CopyMode.link(pane, selection.anchor())
            .map(address -> CopyMode.copyLink(there, address))
            .orElse(Step.to(there)));
  }
}
