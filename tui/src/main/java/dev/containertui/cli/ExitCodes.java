package dev.containertui.cli;

import dev.containertui.error.EngineException;

/** Exit codes as docker gives them. */
final class ExitCodes {
  static final int OK = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;

  /** {@code run} failed before the container's command was reached. */
  static final int RUN_FAILED = 125;

  static final int NOT_EXECUTABLE = 126;
  static final int COMMAND_NOT_FOUND = 127;

  /** Ended by SIGINT: 128 + 2. */
  static final int CANCELLED = 130;

  /** Nobody reads standard output any more: 128 + SIGPIPE. */
  static final int BROKEN_PIPE = 141;

  private ExitCodes() {}

  /**
   * The exit code for a failure of the engine.
   *
   * @param running whether the command is one that runs a container's command
   */
  static int of(EngineException e, boolean running) {
    return switch (e.kind()) {
      case CANCELLED -> CANCELLED;
      case NOT_EXECUTABLE -> NOT_EXECUTABLE;
      case COMMAND_NOT_FOUND -> COMMAND_NOT_FOUND;
      default -> running ? RUN_FAILED : FAILURE;
    };
  }
}
