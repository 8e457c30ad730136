package dev.containertui.cli;

import java.time.Clock;
import java.util.Map;

/**
 * All that a command may touch besides its arguments.
 *
 * @param environment of this process
 */
public record CliContext(
    Stdio io,
    Map<String, String> environment,
    EngineFactory engines,
    HostSignals signals,
    Clock clock) {
  public CliContext {
    environment = Map.copyOf(environment);
  }

  /** Whether colours and cursor movement may be written to standard error. */
  boolean fancyErr() {
    return io.errIsTerminal() && ansiAllowed();
  }

  /** Whether colours may be written to standard output. */
  boolean fancyOut() {
    return io.outIsTerminal() && ansiAllowed();
  }

  /** https://no-color.org: any non-empty value counts. */
  private boolean ansiAllowed() {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }
}
