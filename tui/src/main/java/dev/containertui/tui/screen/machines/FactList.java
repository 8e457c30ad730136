package dev.containertui.tui.screen.machines;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.theme.Glyphs;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.widget.Gauge;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What there is to know, a line each: a label, perhaps a gauge, and words. */
final class FactList {
  private static final int LABEL_WIDTH = 10;
  private static final int GAUGE_WIDTH = 14;

  private record Line(String label, OptionalDouble fraction, String words) {}

  private final List<Line> lines = new ArrayList<>();

  FactList add(String label, String words) {
    lines.add(new Line(label, OptionalDouble.empty(), words));
    return this;
  }

  FactList gauge(String label, double used, double all, String words) {
    OptionalDouble fraction = all > 0 ? OptionalDouble.of(used / all) : OptionalDouble.empty();
    lines.add(new Line(label, fraction, words));
    return this;
  }

  int size() {
    return lines.size();
  }

  void draw(Canvas canvas, Rect rect, Theme theme, Glyphs glyphs) {
    for (int i = 0; i < Math.min(lines.size(), rect.height()); i++) {
      Line line = lines.get(i);
      int y = rect.y() + i;
      int x = rect.x();
      canvas.text(x, y, Math.min(LABEL_WIDTH, rect.width()), line.label(), theme.style(Look.FAINT));
      x += LABEL_WIDTH + 1;
      if (line.fraction().isPresent() && rect.width() >= 50) {
        Gauge.draw(canvas, x, y, GAUGE_WIDTH, line.fraction().getAsDouble(), theme, glyphs);
        x += GAUGE_WIDTH + 1;
      }
      canvas.text(
          x, y, Math.max(0, rect.x() + rect.width() - x), line.words(), theme.style(Look.PLAIN));
    }
  }
}
