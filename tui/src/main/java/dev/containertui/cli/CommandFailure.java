package dev.containertui.cli;

/**
 * A command's own refusal: one line, one hint, one exit code. What the engine refuses comes as
 * {@link dev.containertui.error.EngineException}.
 */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String hint;

  CommandFailure(int exitCode, String message, String hint) {
    super(message);
    this.exitCode = exitCode;
    this.hint = hint;
  }

  int exitCode() {
    return exitCode;
  }

  String hint() {
    return hint;
  }
}
