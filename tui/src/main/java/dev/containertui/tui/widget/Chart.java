package dev.containertui.tui.widget;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.theme.Glyphs;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.CharWidth;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Series over time in one picture:
 *
 * <pre>
 *   CPU  ⣿ host 42%  ⠒ guest 40%
 *   100%┤      ⢀⣀
 *       │    ⣀⣴⣿⣿⣷
 *    50%┤⣀⣀⣴⣿⣿⣿⣿⣿⣇⣀
 *       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
 *     0%┤⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
 *        -1m   -30s  now
 * </pre>
 *
 * @param span what the time axis covers, as its left end says it: {@code 10m}
 * @param ceiling of the axis, unless the values need more: all that there is; empty: what the
 *     values need
 */
public record Chart(
    String title, Scale.Unit unit, String span, List<Series> series, OptionalDouble ceiling) {
  private static final int LABEL_ROWS = 4;

  public Chart {
    series = List.copyOf(series);
  }

  public Scale scale() {
    double max = series.stream().mapToDouble(Series::max).max().orElse(0);
    return ceiling.isPresent() && max <= ceiling.getAsDouble()
        ? new Scale(ceiling.getAsDouble(), unit)
        : Scale.upTo(max, unit);
  }

  public void draw(Canvas canvas, Rect rect, Theme theme, Glyphs glyphs) {
    if (rect.isEmpty()) {
      return;
    }
    Scale scale = scale();
    int end = legend(canvas, rect, theme, glyphs, scale);
    if (rect.height() < LABEL_ROWS) {
      small(canvas, rect, end, theme, glyphs, scale);
      return;
    }
    int height = rect.height() - 2;
    List<String> labels = labels(scale, height);
    int width = labels.stream().mapToInt(CharWidth::of).max().orElse(0);
    Rect plot = new Rect(rect.x() + width + 1, rect.y() + 1, rect.width() - width - 1, height);
    axis(canvas, rect.x(), width, plot, theme, glyphs, labels);
    if (series.stream().noneMatch(Series::isKnown)) {
      TableView.message(canvas, plot, theme, List.of("nothing known of this time"));
    } else {
      Plot.draw(canvas, plot, theme, glyphs, series, scale.ceiling());
    }
    times(canvas, plot, theme);
  }

  /** Title, and each series with its mark and its newest value; the column behind them. */
  private int legend(Canvas canvas, Rect rect, Theme theme, Glyphs glyphs, Scale scale) {
    int right = rect.x() + rect.width();
    int x = canvas.text(rect.x(), rect.y(), rect.width(), title, theme.style(Look.STRONG));
    for (int i = 0; i < series.size() && x < right; i++) {
      Series one = series.get(i);
      String value = Double.isNaN(one.last()) ? "-" : scale.label(one.last());
      x = canvas.text(x + 2, rect.y(), right - x - 2, mark(i, glyphs), theme.style(one.look()));
      x = canvas.text(x + 1, rect.y(), right - x - 1, one.name(), theme.style(Look.FAINT));
      x = canvas.text(x + 1, rect.y(), right - x - 1, value, theme.style(Look.PLAIN));
    }
    return x;
  }

  private static String mark(int index, Glyphs glyphs) {
    return switch (glyphs) {
      case BRAILLE -> index == 0 ? "⣿" : index == 1 ? "⠒" : "⠂";
      case BLOCK -> index == 0 ? "▆" : index == 1 ? "─" : index == 2 ? "┄" : "·";
      case ASCII -> index == 0 ? "#" : index == 1 ? "*" : index == 2 ? "o" : "+";
    };
  }

  /** Where there is no room for axes: bars of the first series. */
  private void small(Canvas canvas, Rect rect, int end, Theme theme, Glyphs glyphs, Scale scale) {
    if (series.isEmpty()) {
      return;
    }
    boolean below = rect.height() > 1;
    int x = below ? rect.x() : end + 2;
    int y = below ? rect.y() + 1 : rect.y();
    int width = Math.max(0, rect.x() + rect.width() - x);
    Series first = series.getFirst();
    canvas.text(
        x,
        y,
        width,
        Sparkline.of(first, scale.ceiling(), width, glyphs),
        theme.style(first.look()));
  }

  /** Of the axis, from the ground up: as many as there is room for. */
  private static List<String> labels(Scale scale, int height) {
    int parts = height >= 9 ? 4 : height >= 3 ? 2 : 1;
    return IntStream.rangeClosed(0, parts)
        .mapToObj(part -> scale.label(scale.ceiling() * part / parts))
        .toList();
  }

  private static void axis(
      Canvas canvas, int x, int width, Rect plot, Theme theme, Glyphs glyphs, List<String> labels) {
    boolean ascii = glyphs == Glyphs.ASCII;
    int last = plot.height() - 1;
    for (int row = 0; row <= last; row++) {
      canvas.text(x + width, plot.y() + row, ascii ? "|" : "│", theme.style(Look.FAINT));
    }
    for (int part = 0; part < labels.size(); part++) {
      int y = plot.y() + last - Math.round((float) part * last / (labels.size() - 1));
      canvas.right(x, y, width, labels.get(part), theme.style(Look.FAINT));
      canvas.text(x + width, y, ascii ? "+" : "┤", theme.style(Look.FAINT));
    }
  }

  private void times(Canvas canvas, Rect plot, Theme theme) {
    int y = plot.y() + plot.height();
    canvas.text(plot.x(), y, "-" + span, theme.style(Look.FAINT));
    canvas.right(plot.x(), y, plot.width(), "now", theme.style(Look.FAINT));
  }
}
