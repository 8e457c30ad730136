package dev.containertui.repl.commands;

/** Thrown by {@code exit(n)} to leave the snippet; the console or script ends with this code. */
public final class ExitRequest extends Error {
  private static final long serialVersionUID = 1L;

  private final int code;

  ExitRequest(int code) {
    super("exit " + code, null, false, false);
    this.code = code;
  }

  public int code() {
    return code;
  }
}
