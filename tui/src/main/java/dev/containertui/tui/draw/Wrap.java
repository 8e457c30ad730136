package dev.containertui.tui.draw;

import dev.containertui.tui.vt.CharWidth;
import java.util.ArrayList;
import java.util.List;

/** Breaks lines that are too long. */
public final class Wrap {
  private Wrap() {}

  /**
   * Breaks lines at {@code width} cells: at a space, which is left out, or within a word that is
   * longer than a row; never within a character. What a line is indented with is kept.
   */
  public static List<String> lines(List<String> lines, int width) {
    List<String> wrapped = new ArrayList<>();
    lines.forEach(line -> wrap(line, Math.max(2, width), wrapped));
    return wrapped;
  }

  private static void wrap(String line, int width, List<String> rows) {
    int start = 0;
    while (true) {
      int end = fitting(line, start, width);
      if (end == line.length()) {
        rows.add(line.substring(start));
        return;
      }
      int space = line.charAt(end) == ' ' ? end : line.lastIndexOf(' ', end - 1);
      if (space > start && !line.substring(start, space).isBlank()) {
        rows.add(line.substring(start, space));
        start = space + 1;
      } else {
        rows.add(line.substring(start, end));
        start = end;
      }
    }
  }

  /** Where the row that begins at {@code start} must end; one character fits at least. */
  private static int fitting(String line, int start, int width) {
    int used = 0;
    int end = start;
    while (end < line.length()) {
      int codePoint = line.codePointAt(end);
      used += CharWidth.of(codePoint);
      if (used > width && end > start) {
        return end;
      }
      end += Character.charCount(codePoint);
    }
    return end;
  }
}
