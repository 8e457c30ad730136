package dev.containertui.tui.draw;

import dev.containertui.tui.vt.CharWidth;
import java.util.ArrayList;
import java.util.List;

/** Breaks lines that are too long. */
public final class Wrap {
  private Wrap() {}

  /** Breaks lines at {@code width} cells; never within a character. */
  public static List<String> lines(List<String> lines, int width) {
    List<String> wrapped = new ArrayList<>();
    for (String line : lines) {
      StringBuilder row = new StringBuilder();
      int used = 0;
      for (int i = 0; i < line.length(); ) {
        int codePoint = line.codePointAt(i);
        int cells = CharWidth.of(codePoint);
        if (used + cells > Math.max(2, width)) {
          wrapped.add(row.toString());
          row.setLength(0);
          used = 0;
        }
        row.appendCodePoint(codePoint);
        used += cells;
        i += Character.charCount(codePoint);
      }
      wrapped.add(row.toString());
    }
    return wrapped;
  }
}
