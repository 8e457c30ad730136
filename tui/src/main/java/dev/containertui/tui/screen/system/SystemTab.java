package dev.containertui.tui.screen.system;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.vt.Mouse;
import java.util.List;
import java.util.Optional;

/** A part of the screen that has all of it while it is chosen. */
interface SystemTab {
  String title();

  /** The key that chooses it. */
  String key();

  Context context();

  List<Action> actions();

  /** Asks for what is to be seen and not known yet, or out of date. */
  Step settled(State state);

  Optional<Step> mouse(State state, Mouse mouse, Rect area);

  void draw(Canvas canvas, Rect area, State state);
}
