package dev.containertui.cli;

import java.io.PrintStream;

/** The one shape of what this program tells a person: a line, and at times a second with advice. */
final class Messages {
  private Messages() {}

  static void print(PrintStream err, String message, String hint) {
    err.println("container-tui: " + OneLine.of(message));
    if (!hint.isEmpty()) {
      err.println("hint: " + OneLine.of(hint));
    }
    err.flush();
  }
}
