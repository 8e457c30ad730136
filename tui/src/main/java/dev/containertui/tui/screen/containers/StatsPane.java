package dev.containertui.tui.screen.containers;

import dev.containertui.container.ContainerStats;
import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.facts.Sample;
import dev.containertui.tui.facts.Usage;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.widget.TableView;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What the container uses, as its guest accounts it and as the host pays for it: beside each other,
 * because they differ, by the guest's kernel and by what the host has not got back yet.
 */
final class StatsPane implements Pane {
  static final Context CONTEXT = new Context("containers.stats", "Containers: stats");

  private static final int LABEL = 10;

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
    return List.of();
  }

  @Override
  public Step settled(State state, Optional<ContainerFacts> shown) {
    return Step.to(state);
  }

  @Override
  public void draw(Canvas canvas, Rect inside, State state, ContainerFacts shown, boolean focused) {
    Theme theme = Theme.of(state);
    Usage usage = Facts.of(state).usage(shown.id());
    if (!shown.isRunning()) {
      TableView.message(
          canvas,
          inside,
          theme,
          List.of(shown.name() + " does not run: there is nothing to measure.", "S starts it."));
    } else if (usage.now().isEmpty()) {
      TableView.message(
          canvas, inside, theme, List.of("Measuring " + shown.name() + ": a moment, please …"));
    } else {
      new Drawing(canvas, inside, theme, usage, usage.now().get(), usage.last().orElseThrow())
          .draw();
    }
  }

  private static final class Drawing {
    private final Canvas canvas;
    private final Rect rect;
    private final Theme theme;
    private final Usage usage;
    private final Sample now;
    private final ContainerStats last;
    private int y;

    Drawing(Canvas canvas, Rect rect, Theme theme, Usage usage, Sample now, ContainerStats last) {
      this.canvas = canvas;
      this.rect = rect;
      this.theme = theme;
      this.usage = usage;
      this.now = now;
      this.last = last;
      y = rect.y();
    }

    void draw() {
      boolean roomy = rect.height() >= 14;
      line("", "in the guest", "on the host", Look.COLUMN);
      line(
          "CPU",
          Units.percent(now.guestCpuPercent()),
          Units.percent(now.cpuPercent()) + " of one core",
          Look.PLAIN);
      sparks(s -> Math.round(s.guestCpuPercent() * 10), s -> Math.round(s.cpuPercent() * 10), 1000);
      gap(roomy);
      line(
          "Memory",
          Units.bytes(now.guestMemoryBytes())
              + (last.guestMemoryLimitBytes() > 0
                  ? " of " + Units.bytes(last.guestMemoryLimitBytes())
                  : ""),
          Units.bytes(now.residentBytes()) + " resident",
          Look.PLAIN);
      sparks(Sample::guestMemoryBytes, Sample::residentBytes, last.guestMemoryLimitBytes());
      gap(roomy);
      line(
          "Network",
          "↓ " + rate(now.networkReceivedPerSecond(), last.networkReceivedBytes()),
          "↑ " + rate(now.networkSentPerSecond(), last.networkSentBytes()),
          Look.PLAIN);
      sparks(Sample::networkReceivedPerSecond, Sample::networkSentPerSecond, 1024);
      gap(roomy);
      line(
          "Disk",
          "read " + rate(now.blockReadPerSecond(), last.blockReadBytes()),
          "written " + rate(now.blockWrittenPerSecond(), last.blockWrittenBytes()),
          Look.PLAIN);
      sparks(Sample::blockReadPerSecond, Sample::blockWrittenPerSecond, 1024);
      gap(roomy);
      line("Processes", Long.toString(now.processes()), "", Look.PLAIN);
    }

    private static String rate(long perSecond, long all) {
      return Units.bytes(perSecond) + "/s, " + Units.bytes(all) + " in all";
    }

    private void gap(boolean roomy) {
      y += roomy ? 1 : 0;
    }

    private int half() {
      return (rect.width() - LABEL - 2) / 2;
    }

    private boolean isInside() {
      return y < rect.y() + rect.height();
    }

    private void line(String label, String left, String right, Look look) {
      if (isInside()) {
        canvas.text(rect.x() + 1, y, LABEL, label, theme.style(Look.STRONG));
        canvas.text(rect.x() + 1 + LABEL, y, half() - 2, left, theme.style(look));
        canvas.text(rect.x() + 1 + LABEL + half(), y, half(), right, theme.style(look));
      }
      y++;
    }

    private void sparks(ToLongFunction<Sample> left, ToLongFunction<Sample> right, long ceiling) {
      if (isInside()) {
        spark(rect.x() + 1 + LABEL, left, ceiling, Look.CHART_1);
        spark(rect.x() + 1 + LABEL + half(), right, ceiling, Look.CHART_2);
      }
      y++;
    }

    /** The first sample has no rates: it is left out. */
    private void spark(int x, ToLongFunction<Sample> figure, long ceiling, Look look) {
      List<Long> values = usage.recent().stream().skip(1).map(figure::applyAsLong).toList();
      long highest = values.stream().mapToLong(v -> v).max().orElse(0);
      String bars = Units.sparkline(values, Math.max(ceiling, highest), half() - 2);
      canvas.text(x, y, half() - 2, bars, theme.style(look));
    }
  }
}
