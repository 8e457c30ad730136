package dev.containertui.tui.app;

/**
 * What lies over the screens while it is open: a dialog, the palette, the help. It has all keys;
 * those that neither {@link #capture} nor its actions take do nothing.
 */
public interface Overlay extends Layer {
  boolean isOpen(State state);
}
