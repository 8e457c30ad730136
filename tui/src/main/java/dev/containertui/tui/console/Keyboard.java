package dev.containertui.tui.console;

/**
 * Whose the keys are.
 *
 * @param attached they go to the console with the focus
 * @param held Ctrl-P was pressed: with Ctrl-Q it detaches, else it goes to the console late
 */
public record Keyboard(boolean attached, boolean held) {
  public static final Keyboard DETACHED = new Keyboard(false, false);
  public static final Keyboard ATTACHED = new Keyboard(true, false);
}
