package dev.containertui.tui.app;

/** The screens in the order of their numbers. */
public enum ScreenId {
  CONTAINERS("Containers"),
  IMAGES("Images"),
  MACHINES("Machines"),
  CONSOLES("Consoles"),
  JSHELL("JShell"),
  SYSTEM("System");

  private final String title;

  ScreenId(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** What a person types to get there, from 1. */
  public int number() {
    return ordinal() + 1;
  }

  public ScreenId next(int step) {
    return values()[Math.floorMod(ordinal() + step, values().length)];
  }
}
