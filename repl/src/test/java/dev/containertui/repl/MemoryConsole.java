package dev.containertui.repl;

import java.nio.file.Path;
import java.util.Optional;

/** A console over an engine in memory, as a program of its own for tests on a pseudo terminal. */
final class MemoryConsole {
  private MemoryConsole() {}

  public static void main(String[] arguments) {
    int code;
    try (MemoryEngine engine = new MemoryEngine()) {
      code = ReplConsole.runOnSystemTerminal(engine, Optional.of(Path.of(arguments[0])), false);
    }
    System.exit(code);
  }
}
