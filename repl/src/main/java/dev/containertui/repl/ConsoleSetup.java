package dev.containertui.repl;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How a console is set up.
 *
 * @param historyFile where typed lines are kept; made if missing; empty: nowhere
 * @param startupFile evaluated before the first line, if it exists
 * @param debug show stack traces from the start
 * @param workbench opens the full-screen workbench on the console's terminal and returns when the
 *     user leaves it; empty: there is none
 * @param ownsTerminal whether the terminal is this process's own, so that it can be lent to other
 *     programs, and Ctrl-Z has somebody to go back to
 * @param environment variables that count: {@code NO_COLOR}, {@code VISUAL}, {@code EDITOR}
 */
public record ConsoleSetup(
    Optional<Path> historyFile,
    Optional<Path> startupFile,
    boolean debug,
    Optional<Runnable> workbench,
    boolean ownsTerminal,
    Map<String, String> environment) {

  /** Nothing kept, nothing evaluated first, no other programs; this process's environment. */
  public static ConsoleSetup plain() {
    return new ConsoleSetup(
        Optional.empty(), Optional.empty(), false, Optional.empty(), false, System.getenv());
  }

  public ConsoleSetup {
    environment = Map.copyOf(environment);
  }

  public ConsoleSetup withHistory(Path file) {
    return new ConsoleSetup(
        Optional.of(file), startupFile, debug, workbench, ownsTerminal, environment);
  }

  public ConsoleSetup withStartup(Path file) {
    return new ConsoleSetup(
        historyFile, Optional.of(file), debug, workbench, ownsTerminal, environment);
  }

  public ConsoleSetup withDebug(boolean on) {
    return new ConsoleSetup(historyFile, startupFile, on, workbench, ownsTerminal, environment);
  }

  public ConsoleSetup withWorkbench(Runnable opener) {
    return new ConsoleSetup(
        historyFile, startupFile, debug, Optional.of(opener), ownsTerminal, environment);
  }

  ConsoleSetup onOwnTerminal() {
    return new ConsoleSetup(historyFile, startupFile, debug, workbench, true, environment);
  }
}
