package dev.containertui.tui.app;

/** What becomes of a state. Pure: it may be tried out, and tested, without a workbench. */
@FunctionalInterface
public interface Change {
  Step apply(State state);
}
