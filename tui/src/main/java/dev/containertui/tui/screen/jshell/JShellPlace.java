package dev.containertui.tui.screen.jshell;

import dev.containertui.tui.app.Chrome;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.console.Keyboard;
import dev.containertui.tui.console.Pane;
import dev.containertui.tui.console.PaneControls;
import dev.containertui.tui.console.PanePlace;
import dev.containertui.tui.draw.Rect;
import java.util.Optional;

/** The one pane of this screen. */
final class JShellPlace implements PanePlace {
  private static final Slot<JShellPane> SLOT =
      new Slot<>("jshell", new JShellPane(Optional.empty(), Keyboard.DETACHED));

  /**
   * @param pane empty until it was first looked at
   */
  private record JShellPane(Optional<Pane> pane, Keyboard keyboard) {}

  @Override
  public String name() {
    return "jshell";
  }

  @Override
  public Optional<Pane> pane(State state) {
    return state.get(SLOT).pane();
  }

  @Override
  public State with(State state, Pane pane) {
    return state.with(SLOT, s -> new JShellPane(Optional.of(pane), s.keyboard()));
  }

  @Override
  public Keyboard keyboard(State state) {
    return state.get(SLOT).keyboard();
  }

  @Override
  public State with(State state, Keyboard keyboard) {
    return state.with(SLOT, s -> new JShellPane(s.pane(), keyboard));
  }

  static Rect inside(State state) {
    Shell shell = state.get(Shell.SLOT);
    return Chrome.body(shell.columns(), shell.rows()).inset(1);
  }

  @Override
  public State fitted(State state) {
    return pane(state)
        .map(pane -> with(state, PaneControls.fit(pane, inside(state), state)))
        .orElse(state);
  }
}
