package dev.containertui.repl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

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
                  .withWorkbench(MemoryConsole::workbench));
    }
    System.exit(code);
  }

  /** Takes the terminal as the workbench does. */
  private static void workbench() {
    try (Terminal terminal =
        TerminalBuilder.builder().system(true).provider("exec").dumb(false).build()) {
      terminal.writer().println("the workbench on " + terminal.getWidth() + " columns");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
