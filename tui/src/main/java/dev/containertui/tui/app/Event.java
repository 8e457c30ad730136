package dev.containertui.tui.app;

import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Mouse;
import java.time.Instant;

/** Something that happened. */
public sealed interface Event {
  record Pressed(Key key) implements Event {}

  /** The mouse, in cells of the whole screen. */
  record Pointed(Mouse mouse) implements Event {}

  record Resized(int columns, int rows) implements Event {}

  /** Once a second while something that depends on the time is on the screen. */
  record Ticked(Instant now) implements Event {}

  /** An effect has come to a result, or the engine told something. */
  record Arrived(String what, Change change) implements Event {}
}
