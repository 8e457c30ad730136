package dev.containertui.tui.app;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Mouse;
import java.util.List;
import java.util.Optional;

/** Something with a picture and keys: a screen, or what lies over all screens while it is open. */
public interface Layer {
  /** Everything that can be done here. */
  List<Action> actions();

  /** Where keys are looked up, the most special first; without {@link Context#GLOBAL}. */
  List<Context> contexts(State state);

  /**
   * Takes a key before it is looked up in the table: text that is typed, the keys of a console.
   * Empty: the table decides.
   */
  default Optional<Step> capture(State state, Key key) {
    return Optional.empty();
  }

  /** Takes a movement or click of the mouse within {@code area}, in cells of the whole screen. */
  default Optional<Step> mouse(State state, Mouse mouse, Rect area) {
    return Optional.empty();
  }

  void draw(Canvas canvas, Rect area, State state);
}
