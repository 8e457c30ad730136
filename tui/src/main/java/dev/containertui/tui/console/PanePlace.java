package dev.containertui.tui.console;

import dev.containertui.tui.app.State;
import java.util.Optional;

/** Where a screen keeps the pane that keys go to, and whose the keys are. */
public interface PanePlace {
  /** As the names of its actions begin. */
  String name();

  /** The pane with the focus. */
  Optional<Pane> pane(State state);

  /** Puts another version of that pane in its place. */
  State with(State state, Pane pane);

  Keyboard keyboard(State state);

  State with(State state, Keyboard keyboard);

  /** Gives consoles the size of their panes. */
  State fitted(State state);
}
