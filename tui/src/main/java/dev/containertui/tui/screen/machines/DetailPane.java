package dev.containertui.tui.screen.machines;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.theme.Glyphs;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.widget.Chart;
import java.util.List;

/**
 * Facts and charts in as much room as there is:
 *
 * <pre>
 *   wide: facts │ chart chart     narrow: facts     low: facts │ chart
 *               │ chart chart             chart
 *                                         chart
 * </pre>
 */
final class DetailPane {
  private static final int FACTS_WIDTH = 58;
  private static final int MIN_FACTS = 3;
  private static final int MIN_CHART_WIDTH = 30;
  private static final int MIN_CHART_HEIGHT = 5;

  private DetailPane() {}

  static void draw(
      Canvas canvas, Rect rect, Theme theme, Glyphs glyphs, FactList facts, List<Chart> charts) {
    if (rect.isEmpty()) {
      return;
    }
    if (rect.width() >= FACTS_WIDTH + MIN_CHART_WIDTH + 2) {
      int width = Math.min(FACTS_WIDTH, rect.width() / 2);
      facts.draw(canvas, new Rect(rect.x(), rect.y(), width, rect.height()), theme, glyphs);
      Rect right =
          new Rect(rect.x() + width + 2, rect.y(), rect.width() - width - 2, rect.height());
      charts(canvas, right, theme, glyphs, charts);
      return;
    }
    // One above the other: as many charts as fit below the facts, two side by side if they may.
    int columns = rect.width() >= 2 * MIN_CHART_WIDTH + 2 ? 2 : 1;
    int two = MIN_CHART_HEIGHT * Math.ceilDiv(Math.min(charts.size(), 2), columns);
    int wanted = rect.height() >= facts.size() + two ? two : MIN_CHART_HEIGHT;
    int room = rect.height() - wanted;
    int above = Math.min(facts.size(), room >= MIN_FACTS ? room : rect.height());
    facts.draw(canvas, new Rect(rect.x(), rect.y(), rect.width(), above), theme, glyphs);
    charts(
        canvas,
        new Rect(rect.x(), rect.y() + above, rect.width(), rect.height() - above),
        theme,
        glyphs,
        charts);
  }

  /** Shares the room out; charts that it is too small for are left out, the last first. */
  private static void charts(
      Canvas canvas, Rect rect, Theme theme, Glyphs glyphs, List<Chart> charts) {
    if (rect.height() < MIN_CHART_HEIGHT || charts.isEmpty()) {
      return;
    }
    int columns = Math.clamp(rect.width() / (MIN_CHART_WIDTH + 2), 1, 2);
    int most = Math.max(1, rect.height() / MIN_CHART_HEIGHT) * columns;
    List<Chart> shown = charts.subList(0, Math.min(charts.size(), most));
    int rows = Math.ceilDiv(shown.size(), columns);
    int width = (rect.width() - 2 * (columns - 1)) / columns;
    for (int i = 0; i < shown.size(); i++) {
      int top = rect.y() + rect.height() * (i / columns) / rows;
      int bottom = rect.y() + rect.height() * (i / columns + 1) / rows;
      boolean alone = i == shown.size() - 1 && i % columns == 0;
      Rect place =
          new Rect(
              rect.x() + i % columns * (width + 2),
              top,
              alone ? rect.width() : width,
              bottom - top);
      shown.get(i).draw(canvas, place, theme, glyphs);
    }
  }
}
