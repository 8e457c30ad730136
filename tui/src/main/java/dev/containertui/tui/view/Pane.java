package dev.containertui.tui.view;

/** The three things that can have the keyboard, in the order of their tabs. */
public enum Pane {
  CONTAINERS("Containers"),
  IMAGES("Images"),
  CONSOLE("Console");

  private final String title;

  Pane(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  public Pane next(int step) {
    return values()[Math.floorMod(ordinal() + step, values().length)];
  }
}
