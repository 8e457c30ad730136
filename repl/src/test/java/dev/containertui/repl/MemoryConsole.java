package dev.containertui.repl;

import java.nio.file.Path;

/** A console over an engine in memory, as a program of its own for tests on a pseudo terminal. */
final class MemoryConsole {
  private MemoryConsole() {}

  public static void main(String[] arguments) {
    int code;
    try (MemoryEngine engine = new MemoryEngine()) {
      code =
          ReplConsole.runOnSystemTerminal(
              engine,
              ConsoleSetup.plain()
                  .withHistory(Path.of(arguments[0], "history"))
                  .withStartup(Path.of(arguments[0], "startup.jsh"))
                  .withWorkbench(() -> System.out.println("the workbench")));
    }
    System.exit(code);
  }
}
