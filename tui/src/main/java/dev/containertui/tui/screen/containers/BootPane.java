package dev.containertui.tui.screen.containers;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.theme.Glyphs;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.CharWidth;
import dev.containertui.tui.widget.TableView;
import dev.containertui.vm.BootTimeline;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How long each step of the container's last start took. */
final class BootPane implements Pane {
  static final Context CONTEXT = new Context("containers.boot", "Containers: boot");
  static final Slot<Fetched<BootTimeline>> TIMELINE =
      new Slot<>("containers.boot.timeline", Fetched.nothing());

  private static final int TIME = 10;

  private final Fetcher<List<Object>, BootTimeline> fetcher =
      new Fetcher<>(TIMELINE, "boot timeline", (_, c, _) -> c.handle().bootTimeline());

  @Override
  public Tab tab() {
    return Tab.BOOT;
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
    return shown
        .map(c -> fetcher.want(state, c, List.of(c.state().word(), c.started())))
        .orElse(Step.to(state));
  }

  @Override
  public void draw(Canvas canvas, Rect inside, State state, ContainerFacts shown, boolean focused) {
    Theme theme = Theme.of(state);
    Fetched<BootTimeline> fetched = state.get(TIMELINE);
    Optional<BootTimeline> timeline =
        fetched.value().filter(t -> fetched.id().equals(shown.id()) && !t.marks().isEmpty());
    if (timeline.isPresent()) {
      bars(canvas, inside, theme, Glyphs.of(state), timeline.get());
    } else {
      TableView.message(canvas, inside, theme, whyEmpty(fetched, shown));
    }
  }

  private static List<String> whyEmpty(Fetched<BootTimeline> fetched, ContainerFacts shown) {
    if (!fetched.failure().isEmpty() && fetched.id().equals(shown.id())) {
      return List.of("How " + shown.name() + " came up is not known.", fetched.failure());
    } else if (fetched.busy() || !fetched.id().equals(shown.id())) {
      return List.of("Asking how " + shown.name() + " came up …");
    }
    return shown.started().isEmpty()
        ? List.of(shown.name() + " was never started: nothing has come up.", "S starts it.")
        : List.of("The engine does not know how " + shown.name() + " came up.");
  }

  /** Each bar begins where the one before it ended, so that together they are the whole start. */
  private static void bars(
      Canvas canvas, Rect rect, Theme theme, Glyphs glyphs, BootTimeline timeline) {
    List<BootTimeline.Mark> marks = timeline.marks();
    Duration all = marks.getLast().at();
    int label = marks.stream().mapToInt(m -> CharWidth.of(m.step())).max().orElse(0);
    label = Math.clamp(label, 4, 16);
    int width = Math.max(1, rect.width() - label - TIME - 4);
    int y = rect.y();
    canvas.text(rect.x() + 1, y, rect.width() - 2, timeline.start(), theme.style(Look.FAINT));
    y++;
    Duration before = Duration.ZERO;
    for (BootTimeline.Mark mark : marks) {
      if (y >= rect.y() + rect.height() - 1) {
        break;
      }
      Duration took = mark.at().minus(before);
      canvas.text(rect.x() + 1, y, label, mark.step(), theme.style(Look.PLAIN));
      canvas.right(rect.x() + label + 1, y, TIME, millis(took), theme.style(Look.STRONG));
      int from = cells(before, all, width);
      int bar = Math.max(1, cells(mark.at(), all, width) - from);
      boolean longest = took.multipliedBy(3).compareTo(all) >= 0;
      canvas.text(
          rect.x() + label + TIME + 3 + Math.min(from, width - bar),
          y,
          bar,
          (glyphs == Glyphs.ASCII ? "#" : "█").repeat(bar),
          theme.style(longest ? Look.BUSY : Look.METER));
      before = mark.at();
      y++;
    }
    canvas.text(rect.x() + 1, y, label, "all", theme.style(Look.COLUMN));
    canvas.right(rect.x() + label + 1, y, TIME, millis(all), theme.style(Look.STRONG));
  }

  private static int cells(Duration at, Duration all, int width) {
    return all.isZero() ? 0 : Math.clamp(at.toNanos() * width / all.toNanos(), 0, width);
  }

  private static String millis(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    return millis >= 10_000
        ? Units.duration(duration)
        : String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
  }
}
