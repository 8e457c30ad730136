package dev.containertui.tui.screen.system;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.widget.TableView;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the engine is, what its examination of this host found, its templates and kernels. */
final class HealthTab implements SystemTab {
  private static final Context CONTEXT = new Context("system.health", "Health");
  static final Slot<Answer<Health>> HEALTH = new Slot<>("system.health", Answer.none());
  static final Slot<Integer> SCROLL = new Slot<>("system.health.scroll", 0);
  private static final int PAGE = 10;

  /** From here on there are two columns. */
  private static final int WIDE = 140;

  private final ZoneId zone;

  HealthTab(ZoneId zone) {
    this.zone = zone;
  }

  @Override
  public String title() {
    return "Health";
  }

  @Override
  public String key() {
    return "o";
  }

  @Override
  public Context context() {
    return CONTEXT;
  }

  @Override
  public List<Action> actions() {
    return List.of(
        Action.of(
            "system.health.examine",
            CONTEXT,
            "r f5",
            "examine the host again",
            "examine",
            s -> examine(Shell.did(s, "container-tui doctor", "doctor().forEach(f -> print(f))"))),
        scroll("up", "k up", "a line up", -1),
        scroll("down", "j down", "a line down", 1),
        scroll("page-up", "pgup ctrl-b ctrl-u", "a page up", -PAGE),
        scroll("page-down", "pgdn ctrl-f ctrl-d", "a page down", PAGE),
        scroll("first", "g home", "to the start", -1_000_000),
        scroll("last", "G end", "to the end", 1_000_000));
  }

  private Action scroll(String name, String keys, String title, int by) {
    return Action.of("system.health." + name, CONTEXT, keys, title, "", s -> scrolled(s, by));
  }

  private Step scrolled(State state, int by) {
    int most =
        state
            .get(HEALTH)
            .value()
            .map(h -> HealthLines.all(h, Facts.of(state).now(), zone).size() - 1)
            .orElse(0);
    return Step.to(state.with(SCROLL, at -> Math.clamp((long) at + by, 0, Math.max(0, most))));
  }

  /** Once when it is first looked at; an examination takes time, and events change little. */
  @Override
  public Step settled(State state) {
    Answer<Health> health = state.get(HEALTH);
    return !health.asked() && health.isDue(state) ? examine(state) : Step.to(state);
  }

  private static Step examine(State state) {
    if (state.get(HEALTH).asking()) {
      return Step.to(state);
    }
    return Step.to(
        state.with(HEALTH, h -> h.ask(state)),
        new Effect(
            "examine the host",
            host -> {
              try {
                Health health = Health.examine(host.engine());
                host.post("health", s -> Step.to(s.with(HEALTH, h -> h.with(health))));
              } catch (RuntimeException e) { // else it were asked for ever
                host.post("health", s -> Step.to(s.with(HEALTH, h -> h.failed(e.getMessage()))));
              }
            }));
  }

  @Override
  public Optional<Step> mouse(State state, Mouse mouse, Rect area) {
    return switch (mouse.button()) {
      case WHEEL_UP -> Optional.of(scrolled(state, -3));
      case WHEEL_DOWN -> Optional.of(scrolled(state, 3));
      default -> Optional.empty();
    };
  }

  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    Theme theme = Theme.of(state);
    Answer<Health> answer = state.get(HEALTH);
    String title =
        "Health"
            + answer
                .value()
                .map(h -> h.problems() == 0 ? "  no problems" : "  problems: " + h.problems())
                .orElse("")
            + (answer.asking() ? "  examining …" : "");
    canvas.box(area, title, theme.style(Look.BORDER_FOCUSED), theme.style(Look.TITLE));
    Rect inside = new Rect(area.x() + 2, area.y() + 1, area.width() - 4, area.height() - 2);
    if (answer.value().isEmpty()) {
      TableView.message(canvas, inside, theme, whyEmpty(state, answer));
      return;
    }
    Health health = answer.value().get();
    Instant now = Facts.of(state).now();
    if (area.width() < WIDE) {
      lines(canvas, inside, area, state, HealthLines.all(health, now, zone));
      return;
    }
    int half = inside.width() / 2 - 1;
    Rect left = new Rect(inside.x(), inside.y(), half, inside.height());
    Rect right = new Rect(inside.x() + half + 2, inside.y(), half, inside.height());
    List<HealthLines.Line> first = new ArrayList<>(HealthLines.engine(health, zone));
    first.add(HealthLines.EMPTY);
    first.addAll(HealthLines.findings(health));
    List<HealthLines.Line> second = new ArrayList<>(HealthLines.templates(health, now));
    second.add(HealthLines.EMPTY);
    second.addAll(HealthLines.kernels(health));
    lines(canvas, left, area, state, first);
    lines(canvas, right, area, state, second);
  }

  private static void lines(
      Canvas canvas, Rect inside, Rect frame, State state, List<HealthLines.Line> unwrapped) {
    Theme theme = Theme.of(state);
    List<HealthLines.Line> lines = HealthLines.wrapped(unwrapped, inside.width());
    int first = Math.clamp(state.get(SCROLL), 0, Math.max(0, lines.size() - inside.height()));
    for (int i = 0; i < inside.height() && first + i < lines.size(); i++) {
      HealthLines.Line line = lines.get(first + i);
      int x =
          canvas.text(
              inside.x(), inside.y() + i, inside.width(), line.mark(), theme.style(line.look()));
      canvas.text(
          x,
          inside.y() + i,
          inside.x() + inside.width() - x,
          line.text(),
          theme.style(line.mark().isEmpty() ? line.look() : Look.PLAIN));
    }
    TableView.scrollMark(canvas, frame, theme, first, inside.height(), lines.size());
  }

  private static List<String> whyEmpty(State state, Answer<Health> answer) {
    if (!answer.failure().isEmpty()) {
      return List.of("The host cannot be examined.", answer.failure(), "r tries again.");
    } else if (!Facts.of(state).failure().isEmpty()) {
      return List.of("The engine cannot be asked.", Facts.of(state).failure());
    }
    return List.of("Examining the host …");
  }
}
