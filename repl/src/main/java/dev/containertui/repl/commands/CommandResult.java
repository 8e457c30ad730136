package dev.containertui.repl.commands;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.List;

/** What a command in a container printed and how it ended. As text it is what it printed. */
public final class CommandResult {
  private final String command;
  private final int exitCode;
  private final byte[] bytes;
  private final String output;
  private final String errors;
  private final boolean truncated;

  CommandResult(String command, int exitCode, OutputLog log) {
    this.command = command;
    this.exitCode = exitCode;
    this.bytes = log.outputBytes();
    this.output = log.output();
    this.errors = log.errors();
    this.truncated = log.dropped();
  }

  /** 0–255; 128 + n after signal n. */
  public int exitCode() {
    return exitCode;
  }

  /** Whether the exit code is 0. */
  public boolean ok() {
    return exitCode == 0;
  }

  /** Standard output, as UTF-8. */
  public String output() {
    return output;
  }

  /** Standard output, untouched. */
  public byte[] outputBytes() {
    return bytes.clone();
  }

  /** The lines of standard output. */
  public List<String> lines() {
    return output.lines().toList();
  }

  /** Standard error, as UTF-8. */
  public String errors() {
    return errors;
  }

  /** Whether so much was printed that its beginning is missing. */
  public boolean truncated() {
    return truncated;
  }

  /**
   * This result if the exit code is 0.
   *
   * @throws EngineException with the command's own words if not
   */
  public CommandResult orFail() {
    if (ok()) {
      return this;
    }
    String words = errors.isBlank() ? output.strip() : errors.strip();
    String last = words.lines().reduce((a, b) -> b).orElse("");
    throw new EngineException(
        Kind.INVALID,
        command + " ended with exit code " + exitCode + (last.isEmpty() ? "" : ": " + last));
  }

  @Override
  public String toString() {
    return output;
  }
}
