package dev.containertui.tui.screen.containers;

import dev.containertui.container.ContainerStats;
import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.facts.History.Range;
import dev.containertui.tui.facts.Metric;
import dev.containertui.tui.facts.Sample;
import dev.containertui.tui.facts.Usage;
import dev.containertui.tui.theme.Glyphs;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.widget.Chart;
import dev.containertui.tui.widget.Scale.Unit;
import dev.containertui.tui.widget.Series;
import dev.containertui.tui.widget.TableView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the container uses, as its guest accounts it and as the host pays for it: beside each other,
 * because they differ, by the guest's kernel and by what the host has not got back yet.
 */
final class StatsPane implements Pane {
  static final Context CONTEXT = new Context("containers.stats", "Containers: stats");
  static final Slot<Range> RANGE = new Slot<>("containers.stats.range", Range.MINUTE);

  private static final int LABEL = 10;
  private static final int FIGURE_ROWS = 6;

  /** A chart needs so many rows to be one. */
  private static final int MIN_CHART_ROWS = 4;

  private static final int MIN_CHART_COLUMNS = 36;

  @Override
  public Tab tab() {
    return Tab.STATS;
  }

  @Override
  public Context context(State state) {
    return CONTEXT;
  }

  @Override
  public List<Action> actions() {
    return List.of(
        Action.of(
            CONTEXT.name() + ".range",
            CONTEXT,
            "t",
            "the last minute, ten minutes, hour",
            "time",
            s -> Step.to(s.with(RANGE, StatsPane::next))));
  }

  private static Range next(Range range) {
    return Range.values()[(range.ordinal() + 1) % Range.values().length];
  }

  @Override
  public Step settled(State state, Optional<ContainerFacts> shown) {
    return Step.to(state);
  }

  @Override
  public String status(State state, ContainerFacts shown) {
    return "last " + state.get(RANGE).label();
  }

  @Override
  public void draw(Canvas canvas, Rect inside, State state, ContainerFacts shown, boolean focused) {
    Theme theme = Theme.of(state);
    Usage usage = Facts.of(state).usage(shown.id());
    if (!shown.hasMachine()) {
      TableView.message(
          canvas,
          inside,
          theme,
          List.of(shown.name() + " does not run: there is nothing to measure.", "S starts it."));
    } else if (usage.now().isEmpty()) {
      TableView.message(
          canvas, inside, theme, List.of("Measuring " + shown.name() + ": a moment, please …"));
    } else {
      figures(canvas, inside, theme, usage.now().get(), usage.last().orElseThrow());
      Rect rest =
          new Rect(
              inside.x() + 1,
              inside.y() + FIGURE_ROWS + 1,
              inside.width() - 2,
              inside.height() - FIGURE_ROWS - 1);
      charts(canvas, rest, state, usage);
    }
  }

  // --- figures

  private static void figures(
      Canvas canvas, Rect rect, Theme theme, Sample now, ContainerStats last) {
    line(canvas, rect, theme, 0, Look.COLUMN, "", "in the guest", "on the host");
    line(
        canvas,
        rect,
        theme,
        1,
        Look.PLAIN,
        "CPU",
        Units.percent(now.guestCpuPercent()) + " of a core",
        Units.percent(now.cpuPercent()) + " of a core");
    line(
        canvas,
        rect,
        theme,
        2,
        Look.PLAIN,
        "Memory",
        Units.bytes(now.guestMemoryBytes())
            + (last.guestMemoryLimitBytes() > 0
                ? " of " + Units.bytes(last.guestMemoryLimitBytes())
                : ""),
        Units.bytes(now.residentBytes())
            + " resident"
            + (now.sharedBytes() > 0 ? ", " + Units.bytes(now.sharedBytes()) + " shared" : ""));
    line(
        canvas,
        rect,
        theme,
        3,
        Look.PLAIN,
        "Network",
        "in  " + rate(now.networkReceivedPerSecond(), last.networkReceivedBytes()),
        "out " + rate(now.networkSentPerSecond(), last.networkSentBytes()));
    line(
        canvas,
        rect,
        theme,
        4,
        Look.PLAIN,
        "Disk",
        "read " + rate(now.blockReadPerSecond(), last.blockReadBytes()),
        "written " + rate(now.blockWrittenPerSecond(), last.blockWrittenBytes()));
    line(canvas, rect, theme, 5, Look.PLAIN, "Processes", Long.toString(now.processes()), "");
  }

  private static String rate(long perSecond, long all) {
    return Units.bytes(perSecond) + "/s, " + Units.bytes(all) + " in all";
  }

  private static void line(
      Canvas canvas,
      Rect rect,
      Theme theme,
      int row,
      Look look,
      String label,
      String left,
      String right) {
    if (row >= rect.height()) {
      return;
    }
    int half = (rect.width() - LABEL - 2) / 2;
    int x = rect.x() + 1;
    int y = rect.y() + row;
    canvas.text(x, y, LABEL, label, theme.style(Look.STRONG));
    canvas.text(x + LABEL, y, half - 1, left, theme.style(look));
    canvas.text(x + LABEL + half, y, half, right, theme.style(look));
  }

  // --- charts

  /** As many as there is room for: beside each other, and below. */
  private static void charts(Canvas canvas, Rect rect, State state, Usage usage) {
    Range range = state.get(RANGE);
    Instant now = Facts.of(state).now();
    List<Chart> charts =
        List.of(
            chart(
                range,
                "CPU",
                Unit.PERCENT,
                series(usage, now, range, "guest", Metric.GUEST_CPU, Look.CHART_1),
                series(usage, now, range, "host", Metric.CPU, Look.CHART_2)),
            chart(
                range,
                "Memory",
                Unit.BYTES,
                series(usage, now, range, "guest", Metric.GUEST_MEMORY, Look.CHART_1),
                series(usage, now, range, "host", Metric.RESIDENT, Look.CHART_2)),
            chart(
                range,
                "Network",
                Unit.BYTES_PER_SECOND,
                series(usage, now, range, "in", Metric.RECEIVED, Look.CHART_1),
                series(usage, now, range, "out", Metric.SENT, Look.CHART_2)),
            chart(
                range,
                "Disk",
                Unit.BYTES_PER_SECOND,
                series(usage, now, range, "read", Metric.READ, Look.CHART_1),
                series(usage, now, range, "written", Metric.WRITTEN, Look.CHART_2)));
    int columns = rect.width() >= 2 * MIN_CHART_COLUMNS ? 2 : 1;
    int lines = Math.min(charts.size() / columns, rect.height() / MIN_CHART_ROWS);
    if (lines == 0) {
      return;
    }
    int width = rect.width() / columns;
    int height = rect.height() / lines;
    for (int i = 0; i < columns * lines; i++) {
      charts
          .get(i)
          .draw(
              canvas,
              new Rect(
                  rect.x() + i % columns * width,
                  rect.y() + i / columns * height,
                  width - (columns - 1),
                  height),
              Theme.of(state),
              Glyphs.of(state));
    }
  }

  private static Chart chart(Range range, String title, Unit unit, Series... series) {
    return new Chart(title, unit, range.label(), List.of(series), OptionalDouble.empty());
  }

  private static Series series(
      Usage usage, Instant now, Range range, String name, Metric metric, Look look) {
    return new Series(name, look, usage.history().values(metric, range, now));
  }
}
