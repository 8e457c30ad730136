package dev.containertui.repl.commands;

/**
 * The words that only a console or script has; all others are {@link
 * dev.containertui.ContainerTui}'s.
 */
public final class ScriptWords {
  private ScriptWords() {}

  /** The arguments of the script. */
  public static String[] arguments() {
    return Workspace.current().arguments().toArray(String[]::new);
  }

  /** Leaves the console or ends the script, with exit code 0. */
  public static void exit() {
    exit(0);
  }

  /** Leaves the console or ends the script. */
  public static void exit(int code) {
    throw new ExitRequest(code);
  }
}
