package dev.containertui.tui.app;

/**
 * Where keys have a meaning of their own: a screen, or a part of one.
 *
 * @param name as in the configuration file: {@code containers}, {@code containers.logs}
 * @param title as in the help
 */
public record Context(String name, String title) {
  /** Keys that work on all screens, unless the context in front has another use for them. */
  public static final Context GLOBAL = new Context("global", "Everywhere");
}
