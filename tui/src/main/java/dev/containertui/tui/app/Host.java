package dev.containertui.tui.app;

import dev.containertui.engine.Engine;

/** What effects can reach. */
public interface Host {
  /**
   * The engine; waits while it is still opened.
   *
   * @throws dev.containertui.error.EngineException of kind UNAVAILABLE if that takes too long
   */
  Engine engine();

  /** Hands a result back: {@code change} is applied in the event loop, and the screen drawn. */
  void post(String what, Change change);

  /** Something that is read while drawing (an emulator) has changed: has the screen drawn soon. */
  void touch();

  /** Puts a text on the clipboard of the user's terminal (OSC 52). */
  void clipboard(String text);

  /** Whether the mouse is the workbench's; else the terminal's, to select text with. */
  void mouse(boolean ours);

  /** Has everything drawn anew. */
  void repaint();

  /**
   * Gives the terminal to {@code work} in its ordinary mode, without the full screen, and takes it
   * back afterwards. Blocks; no key reaches the workbench meanwhile.
   */
  void suspend(Runnable work);
}
