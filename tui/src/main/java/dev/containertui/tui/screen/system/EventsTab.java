package dev.containertui.tui.screen.system;

import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineEvent;
import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Host;
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
import dev.containertui.tui.widget.Filter;
import dev.containertui.tui.widget.InputLine;
import dev.containertui.tui.widget.TableView;
import dev.containertui.tui.widget.TextLine;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What happens, and what has happened as far as the engine still knows. */
final class EventsTab implements SystemTab {
  private static final Context CONTEXT = new Context("system.events", "Events");
  private static final int PAGE = 10;
  private static final int MAX_PAST = 1000;

  /** After so long without another one, the past is taken to be told. */
  private static final long QUIET_MILLIS = 200;

  static final Slot<View> VIEW =
      new Slot<>("system.events", new View(Filter.NONE, false, Optional.empty()));
  static final Slot<Answer<List<EngineEvent>>> PAST =
      new Slot<>("system.events.past", Answer.none());

  /**
   * @param wrap whether long attributes are broken rather than cut
   * @param until the newest event in sight; empty: the view follows
   */
  record View(Filter filter, boolean wrap, Optional<Instant> until) {
    View filter(String text) {
      return new View(Filter.of(text), wrap, until);
    }

    View until(Optional<Instant> moment) {
      return new View(filter, wrap, moment);
    }
  }

  private final ZoneId zone;

  EventsTab(ZoneId zone) {
    this.zone = zone;
  }

  @Override
  public String title() {
    return "Events";
  }

  @Override
  public String key() {
    return "e";
  }

  @Override
  public Context context() {
    return CONTEXT;
  }

  @Override
  public List<Action> actions() {
    return List.of(
        action("follow", "f", "follow, or stand still", "follow", this::follow),
        action("filter", "/", "show only events that match", "filter", this::openFilter),
        action(
            "wrap",
            "w",
            "break long lines, or cut them",
            "wrap",
            s -> Step.to(s.with(VIEW, v -> new View(v.filter(), !v.wrap(), v.until())))),
        action("clear", "esc", "clear the filter", "", s -> filtered(s, "")),
        action("up", "k up", "an event back", "", s -> move(s, -1)),
        action("down", "j down", "an event on", "", s -> move(s, 1)),
        action("page-up", "pgup ctrl-b ctrl-u", "a page back", "", s -> move(s, -PAGE)),
        action("page-down", "pgdn ctrl-f ctrl-d", "a page on", "", s -> move(s, PAGE)),
        action("first", "g home", "to the first event", "", s -> move(s, -1_000_000)),
        action("last", "G end", "to the newest event, and follow", "", s -> move(s, 1_000_000)));
  }

  private static Action action(String name, String keys, String title, String hint, Change run) {
    return Action.of("system.events." + name, CONTEXT, keys, title, hint, run);
  }

  /** The past is asked for once; what comes later is told. */
  @Override
  public Step settled(State state) {
    Answer<List<EngineEvent>> past = state.get(PAST);
    if (past.asked() || !past.isDue(state)) {
      return Step.to(state);
    }
    return Step.to(
        state.with(PAST, p -> p.ask(state)), new Effect("read past events", EventsTab::readPast));
  }

  private static void readPast(Host host) throws InterruptedException {
    LinkedBlockingQueue<EngineEvent> told = new LinkedBlockingQueue<>(MAX_PAST);
    List<EngineEvent> past = new ArrayList<>();
    try (Engine.Subscription _ = host.engine().onEvent(Instant.EPOCH, told::offer)) {
      EngineEvent event = told.poll(10 * QUIET_MILLIS, TimeUnit.MILLISECONDS);
      while (event != null && past.size() < MAX_PAST) {
        past.add(event);
        event = told.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
      }
      host.post("past events", s -> Step.to(s.with(PAST, p -> p.with(past))));
    } catch (RuntimeException e) { // else it were asked for ever
      host.post("past events", s -> Step.to(s.with(PAST, p -> p.failed(e.getMessage()))));
    }
  }

  private List<EngineEvent> shown(State state) {
    List<EngineEvent> all =
        EventLog.merged(state.get(PAST).value().orElse(List.of()), Facts.of(state).events());
    Filter filter = state.get(VIEW).filter();
    return filter.isEmpty()
        ? all
        : all.stream()
            .filter(e -> filter.matches().test(EventLine.of(e, zone).searched()))
            .toList();
  }

  private Step follow(State state) {
    List<EngineEvent> shown = shown(state);
    boolean following = state.get(VIEW).until().isEmpty();
    Optional<Instant> until =
        following && !shown.isEmpty() ? Optional.of(shown.getLast().at()) : Optional.empty();
    return Step.to(state.with(VIEW, v -> v.until(until)));
  }

  private Step move(State state, int by) {
    List<EngineEvent> shown = shown(state);
    if (shown.isEmpty()) {
      return Step.to(state);
    }
    int to = EventLog.until(shown, state.get(VIEW).until()) + by;
    Optional<Instant> until =
        to >= shown.size() ? Optional.empty() : Optional.of(shown.get(Math.max(0, to - 1)).at());
    return Step.to(state.with(VIEW, v -> v.until(until)));
  }

  private Step filtered(State state, String text) {
    return Step.to(state.with(VIEW, v -> v.filter(text)));
  }

  private Step openFilter(State state) {
    return Step.to(
        InputLine.open(
            Shell.did(
                state,
                "container-tui events --since 24h",
                "engine().onEvent(Instant.now().minusSeconds(86400), e -> print(e))"),
            new InputLine.Input(
                "/",
                TextLine.of(state.get(VIEW).filter().text()),
                "words · !not · ~expression   Enter keeps it, Esc clears it",
                this::filtered,
                this::filtered,
                s -> filtered(s, ""),
                this::move)));
  }

  @Override
  public Optional<Step> mouse(State state, Mouse mouse, Rect area) {
    return switch (mouse.button()) {
      case WHEEL_UP -> Optional.of(move(state, -3));
      case WHEEL_DOWN -> Optional.of(move(state, 3));
      default -> Optional.empty();
    };
  }

  // --- the picture

  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    Theme theme = Theme.of(state);
    View view = state.get(VIEW);
    List<EngineEvent> shown = shown(state);
    canvas.box(
        area, title(view, shown.size()), theme.style(Look.BORDER_FOCUSED), theme.style(Look.TITLE));
    Rect inside = new Rect(area.x() + 2, area.y() + 1, area.width() - 4, area.height() - 2);
    if (shown.isEmpty()) {
      TableView.message(canvas, inside, theme, whyEmpty(state));
      return;
    }
    int end = EventLog.until(shown, view.until());
    int first = drawUpwards(canvas, inside, theme, view.wrap(), shown.subList(0, end));
    TableView.scrollMark(canvas, area, theme, first, end - first, shown.size());
  }

  private static String title(View view, int count) {
    String filter = view.filter().isEmpty() ? "" : "  /" + view.filter().text();
    String problem = view.filter().problem().map(p -> "  (" + p + ")").orElse("");
    return "Events "
        + count
        + filter
        + problem
        + (view.until().isEmpty() ? "  following" : "  standing still");
  }

  /** From the bottom; returns the index of the first in sight. */
  private int drawUpwards(
      Canvas canvas, Rect inside, Theme theme, boolean wrap, List<EngineEvent> events) {
    boolean narrow = inside.width() < 70;
    int used = 0;
    int index = events.size();
    while (index > 0 && used < inside.height()) {
      EventLine line = EventLine.of(events.get(index - 1), zone);
      int head = narrow ? 0 : 15;
      int x = inside.x() + head + (narrow ? 0 : 10) + 13;
      int room = inside.x() + inside.width() - x;
      int nameWidth = Math.clamp(room / 3, 12, 30);
      int attributesWidth = Math.max(0, room - nameWidth - 1);
      List<String> attributes =
          wrap && attributesWidth > 8
              ? line.wrapped(attributesWidth)
              : List.of(String.join(" ", line.attributes()));
      int height = Math.min(attributes.size(), inside.height() - used);
      int top = inside.y() + inside.height() - used - height;
      if (!narrow) {
        canvas.text(inside.x(), top, 14, line.time(), theme.style(Look.FAINT));
        canvas.text(inside.x() + head, top, 9, line.type(), theme.style(Look.FAINT));
      }
      canvas.text(x - 13, top, 12, line.action(), theme.style(line.look()));
      canvas.text(x, top, nameWidth, line.name(), theme.style(Look.STRONG));
      for (int i = 0; i < height; i++) {
        canvas.text(
            x + nameWidth + 1,
            top + i,
            attributesWidth,
            attributes.get(i),
            theme.style(Look.PLAIN));
      }
      used += height;
      index--;
    }
    return index;
  }

  private static List<String> whyEmpty(State state) {
    Answer<List<EngineEvent>> past = state.get(PAST);
    String filter = state.get(VIEW).filter().text();
    if (!filter.isBlank()) {
      return List.of("No event matches /" + filter + ".", "esc clears the filter.");
    } else if (!Facts.of(state).failure().isEmpty()) {
      return List.of("The engine cannot be asked.", Facts.of(state).failure());
    } else if (past.asking() || !past.asked()) {
      return List.of("Asking for past events …");
    } else if (!past.failure().isEmpty()) {
      return List.of("Nothing has happened yet.", past.failure());
    }
    return List.of(
        "Nothing has happened since the engine was started.",
        "Starts, ends, pulls and the like are listed here as they happen.");
  }
}
