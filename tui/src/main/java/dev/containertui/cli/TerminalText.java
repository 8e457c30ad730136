package dev.containertui.cli;

import dev.containertui.view.SafeText;

/** Text of several lines and columns that may hold names from outside. */
final class TerminalText {
  private TerminalText() {}

  /** Control and hidden characters but tabs and line breaks become question marks. */
  static String of(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c == '\n' || c == '\t' || !SafeText.isHidden(c) ? c : '?')
        .forEach(safe::appendCodePoint);
    return safe.toString();
  }
}
