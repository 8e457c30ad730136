package dev.containertui.tui.widget;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.theme.Glyphs;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;

/** A bar that says how much of something is used. */
public final class Gauge {
  /** From here on it is said that little is left. */
  private static final double HIGH = 0.9;

  private Gauge() {}

  /** {@code [███▌ ]}, {@code width} cells with its brackets. */
  public static void draw(
      Canvas canvas, int x, int y, int width, double fraction, Theme theme, Glyphs glyphs) {
    if (width < 3) {
      return;
    }
    Look look = fraction >= HIGH ? Look.METER_HIGH : Look.METER;
    canvas.text(x, y, "[", theme.style(Look.FAINT));
    canvas.text(x + 1, y, bar(fraction, width - 2, glyphs), theme.style(look));
    canvas.text(x + width - 1, y, "]", theme.style(Look.FAINT));
  }

  /** Only the bar, {@code width} cells; 0 to 1. */
  public static String bar(double fraction, int width, Glyphs glyphs) {
    if (glyphs != Glyphs.ASCII) {
      return Units.bar(fraction, width);
    }
    int filled = (int) Math.round(Math.clamp(fraction, 0, 1) * width);
    return "#".repeat(filled) + " ".repeat(width - filled);
  }
}
