package dev.containertui.repl;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a console is set up.
 *
 * @param historyFile where typed lines are kept; made if missing; empty: nowhere
 */
public record ConsoleSetup(Optional<Path> historyFile) {
  /** Nothing kept. */
  public static ConsoleSetup plain() {
    return new ConsoleSetup(Optional.empty());
  }

  public ConsoleSetup withHistory(Path file) {
    return new ConsoleSetup(Optional.of(file));
  }
}
