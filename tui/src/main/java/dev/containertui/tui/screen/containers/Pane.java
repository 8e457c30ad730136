package dev.containertui.tui.screen.containers;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.vt.Mouse;
import java.util.List;
import java.util.Optional;

/** One of the tabs of the details. */
interface Pane {
  Tab tab();

  /** Where its keys work now. */
  Context context(State state);

  List<Action> actions();

  /**
   * Called after every event: fetches what it needs, and stops what it does not need any more.
   *
   * @param shown the container whose details are in sight in this tab; empty: none are
   */
  Step settled(State state, Optional<ContainerFacts> shown);

  /** Called once a second while it is in sight. */
  default Step ticked(State state, ContainerFacts shown) {
    return Step.to(state);
  }

  /** A few words for the lower edge of the frame. */
  default String status(State state, ContainerFacts shown) {
    return "";
  }

  default Optional<Step> mouse(State state, Mouse mouse, Rect inside) {
    return Optional.empty();
  }

  void draw(Canvas canvas, Rect inside, State state, ContainerFacts shown, boolean focused);
}
