package dev.containertui.cli;

import dev.containertui.view.SafeText;

/** Text from registries, guests and files, made fit to be one line on a terminal. */
final class OneLine {
  private OneLine() {}

  /**
   * Line breaks become blanks, other control (escape sequences!) and hidden ones question marks.
   */
  static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.strip()
        .codePoints()
        .map(c -> c == '\n' || c == '\r' || c == '\t' ? ' ' : SafeText.isHidden(c) ? '?' : c)
        .forEach(line::appendCodePoint);
    return line.toString();
  }
}
