package dev.containertui.tui.overlay;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.CharWidth;
import dev.containertui.tui.vt.Style;
import java.util.List;

/** Frames over the screens. */
final class Box {
  private Box() {}

  static int widest(int atLeast, String first, List<String> lines, int atMost) {
    int width = Math.max(atLeast, CharWidth.of(first));
    for (String line : lines) {
      width = Math.max(width, CharWidth.of(line));
    }
    return Math.clamp(width, 1, Math.max(1, atMost));
  }

  /** Opens a frame in the middle; what lies below steps back. */
  static Rect open(
      Canvas canvas, Rect area, int width, int height, String title, Theme theme, Look border) {
    canvas.restyle(
        new Rect(area.x(), area.y() + 1, area.width(), area.height() - 2),
        s -> s & ~(Style.INVERSE | Style.BOLD) | Style.DIM);
    // Frames that nearly touch look like a mistake: then rather the whole width.
    int w = width > area.width() - 6 ? area.width() : width;
    int h = Math.min(height, area.height() - 2);
    Rect rect =
        new Rect(
            area.x() + (area.width() - w) / 2, area.y() + 1 + (area.height() - 2 - h) / 2, w, h);
    canvas.fill(rect, theme.style(Look.PLAIN));
    canvas.box(rect, title, theme.style(border), theme.style(Look.TITLE));
    return rect;
  }
}
