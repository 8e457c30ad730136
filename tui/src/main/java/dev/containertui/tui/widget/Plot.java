package dev.containertui.tui.widget;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.theme.Glyphs;
import dev.containertui.tui.theme.Theme;
import java.util.List;

/**
 * The area of a chart within its axes. The first series is filled from the ground, the others are
 * lines over it, so that they can be told apart without colours too: in a cell that a line passes
 * through, only the line is seen.
 */
final class Plot {
  private static final int[][] DOTS = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};
  private static final String EIGHTHS = " ▁▂▃▄▅▆▇█";
  private static final String BLOCK_LINES = "─┄·";
  private static final String ASCII_LINES = "*o+";

  private final int width;
  private final int height;
  private final Glyphs glyphs;

  /** What a cell shows: a code point, or in braille its dots; 0: nothing. */
  private final int[] cells;

  /** Which series a cell belongs to. */
  private final int[] owners;

  private Plot(int width, int height, Glyphs glyphs) {
    this.width = width;
    this.height = height;
    this.glyphs = glyphs;
    cells = new int[width * height];
    owners = new int[width * height];
  }

  static void draw(
      Canvas canvas, Rect rect, Theme theme, Glyphs glyphs, List<Series> series, double ceiling) {
    if (rect.isEmpty()) {
      return;
    }
    Plot plot = new Plot(rect.width(), rect.height(), glyphs);
    for (int i = 0; i < series.size(); i++) {
      plot.add(i, series.get(i), ceiling);
    }
    plot.put(canvas, rect, theme, series);
  }

  private void add(int index, Series series, double ceiling) {
    int dots = glyphs == Glyphs.BRAILLE ? 2 : 1;
    int levels = glyphs == Glyphs.BRAILLE ? 4 : glyphs == Glyphs.BLOCK ? 8 : 3;
    double[] spread = series.spread(width * dots);
    int top = height * levels - 1;
    int before = -1;
    for (int column = 0; column < spread.length; column++) {
      int level = level(spread[column], ceiling, top);
      if (level >= 0) {
        if (index == 0) {
          fill(column, level, levels);
        } else if (glyphs != Glyphs.BRAILLE) {
          line(index, column, level / levels);
        } else if (index == 1 || column / 2 % 2 == index % 2) { // a third one is dashed
          stroke(index, column, level, before < 0 ? level : before);
        }
      }
      before = level;
    }
  }

  /** -1 if the value is not known. */
  private static int level(double value, double ceiling, int top) {
    return Double.isNaN(value) ? -1 : Math.clamp(Math.round(value / ceiling * top), 0, top);
  }

  /** From the ground up; the lowest level is there even for nothing, else it were a gap. */
  private void fill(int column, int level, int levels) {
    if (glyphs == Glyphs.BRAILLE) {
      for (int y = 0; y <= level; y++) {
        dot(0, column, y);
      }
      return;
    }
    for (int row = 0; row * levels <= level; row++) {
      int filled = Math.min(levels, level - row * levels + 1);
      int glyph =
          glyphs == Glyphs.BLOCK
              ? EIGHTHS.charAt(filled)
              : filled == levels ? '#' : ".:".charAt(filled - 1);
      set(0, column, row, glyph);
    }
  }

  private void line(int index, int column, int row) {
    String lines = glyphs == Glyphs.BLOCK ? BLOCK_LINES : ASCII_LINES;
    set(index, column, row, lines.charAt((index - 1) % lines.length()));
  }

  /** A piece of a line: up or down to where the one before it was, and no wider than needed. */
  private void stroke(int index, int column, int level, int before) {
    int low = before < level ? before + 1 : level;
    int high = before > level ? before - 1 : level;
    for (int y = Math.min(low, level); y <= Math.max(high, level); y++) {
      dot(index, column, y);
    }
  }

  private void dot(int index, int column, int level) {
    int at = (height - 1 - level / 4) * width + column / 2;
    if (owners[at] != index) {
      owners[at] = index;
      cells[at] = 0;
    }
    cells[at] |= DOTS[column % 2][3 - level % 4];
  }

  private void set(int index, int column, int row, int glyph) {
    int at = (height - 1 - row) * width + column;
    owners[at] = index;
    cells[at] = glyph;
  }

  private void put(Canvas canvas, Rect rect, Theme theme, List<Series> series) {
    StringBuilder run = new StringBuilder();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; ) {
        int start = x;
        int owner = owners[y * width + x];
        run.setLength(0);
        while (x < width && cells[y * width + x] != 0 && owners[y * width + x] == owner) {
          int cell = cells[y * width + x++];
          run.append((char) (glyphs == Glyphs.BRAILLE ? 0x2800 + cell : cell));
        }
        if (x == start) {
          x++;
        } else {
          canvas.text(
              rect.x() + start,
              rect.y() + y,
              run.toString(),
              theme.style(series.get(owner).look()));
        }
      }
    }
  }
}
