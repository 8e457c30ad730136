package dev.containertui.tui.widget;

import dev.containertui.tui.theme.Glyphs;

/** A chart one line high, for a cell of a table. */
public final class Sparkline {
  private static final String EIGHTHS = "▁▂▃▄▅▆▇█";
  private static final String ASCII = "_.-=+*#@";

  /** Dots of the left and of the right half of a cell, filled from the ground. */
  private static final int[] LEFT = {0x40, 0x44, 0x46, 0x47};

  private static final int[] RIGHT = {0x80, 0xa0, 0xb0, 0xb8};

  private Sparkline() {}

  /**
   * {@code width} cells; a space, or no dot, where nothing is known.
   *
   * @param ceiling what fills a cell
   */
  public static String of(Series series, double ceiling, int width, Glyphs glyphs) {
    StringBuilder line = new StringBuilder();
    if (glyphs == Glyphs.BRAILLE) {
      double[] spread = series.spread(2 * Math.max(0, width));
      for (int i = 0; i < spread.length; i += 2) {
        int left = level(spread[i], ceiling, LEFT.length);
        int right = level(spread[i + 1], ceiling, RIGHT.length);
        int dots = (left < 0 ? 0 : LEFT[left]) | (right < 0 ? 0 : RIGHT[right]);
        line.append(dots == 0 ? ' ' : (char) (0x2800 + dots));
      }
      return line.toString();
    }
    String bars = glyphs == Glyphs.BLOCK ? EIGHTHS : ASCII;
    for (double value : series.spread(Math.max(0, width))) {
      int level = level(value, ceiling, bars.length());
      line.append(level < 0 ? ' ' : bars.charAt(level));
    }
    return line.toString();
  }

  private static int level(double value, double ceiling, int levels) {
    return Double.isNaN(value) ? -1 : Math.clamp((int) (value / ceiling * levels), 0, levels - 1);
  }
}
