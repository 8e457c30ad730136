package dev.containertui.tui.screen.machines;

import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.ScreenId;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.app.WorkScreen;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.facts.History.Range;
import dev.containertui.tui.facts.HostSample;
import dev.containertui.tui.facts.HostUsage;
import dev.containertui.tui.overlay.TextPage;
import dev.containertui.tui.text.Words;
import dev.containertui.tui.theme.Glyphs;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.widget.TableActions;
import dev.containertui.tui.widget.TableState;
import dev.containertui.tui.widget.TableView;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The machines, and charts of the selected one, or of the host. */
public final class MachinesScreen implements WorkScreen {
  static final Context CONTEXT = new Context("machines", "Machines");
  public static final Slot<TableState> TABLE = new Slot<>("machines.table", TableState.START);
  static final Slot<View> VIEW = new Slot<>("machines.view", new View(Range.MINUTE, false, false));

  /** With fewer rows there is room for the table or the detail, not both. */
  private static final int MIN_SPLIT_ROWS = 18;

  private static final Path PROC = Path.of("/proc");
  private static final long HOST_SAMPLE_MILLIS = 1000;

  /**
   * What is shown below the table.
   *
   * @param host the host rather than the selected machine
   * @param whole the detail has the whole screen
   */
  record View(Range range, boolean host, boolean whole) {
    View range(int step) {
      Range[] all = Range.values();
      return new View(all[Math.clamp(range.ordinal() + step, 0, all.length - 1)], host, whole);
    }
  }

  private static final String NOTHING = "no machine is selected";

  private final ZoneId zone;
  private final TableActions<MachineRow> table =
      new TableActions<>(CONTEXT, MachineTable.TABLE, TABLE, MachineRow::all);

  public MachinesScreen(ZoneId zone) {
    this.zone = zone;
  }

  @Override
  public ScreenId id() {
    return ScreenId.MACHINES;
  }

  @Override
  public List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    actions.add(
        action(
            "whole",
            "enter",
            "the detail alone, or with the table again",
            "detail",
            s -> Step.to(s.with(VIEW, v -> new View(v.range(), v.host(), !v.whole())))));
    actions.add(
        action(
            "host",
            "h",
            "the host, or the selected machine again",
            "host",
            s -> Step.to(s.with(VIEW, v -> new View(v.range(), !v.host(), v.whole())))));
    actions.add(
        action(
            "longer",
            "+ =",
            "a longer time: 1 minute, 10 minutes, 1 hour",
            "longer",
            s -> Step.to(s.with(VIEW, v -> v.range(1)))));
    actions.add(
        action(
            "shorter",
            "-",
            "a shorter time",
            "shorter",
            s -> Step.to(s.with(VIEW, v -> v.range(-1)))));
    actions.add(
        action("inspect", "i", "all that is recorded of the container", "inspect", this::inspect));
    actions.add(
        action("start", "b", "how its machine came up, step by step", "boot", this::timeline));
    actions.addAll(table.all());
    return actions;
  }

  private static Action action(String name, String keys, String title, String hint, Change run) {
    return Action.of("machines." + name, CONTEXT, keys, title, hint, run);
  }

  @Override
  public List<Context> contexts(State state) {
    return List.of(CONTEXT);
  }

  /** While nothing runs nobody looks at the host: this does, once. */
  @Override
  public Step entered(State state) {
    if (Facts.of(state).alive() > 0) {
      return Step.to(state);
    }
    return Step.to(
        state,
        new Effect(
            "look at the host",
            host -> {
              for (int i = 0; i < 2; i++) {
                Optional<HostSample> sample = HostSample.take(PROC, Instant.now());
                sample.ifPresent(
                    taken ->
                        host.post(
                            "host",
                            s ->
                                Step.to(
                                    s.with(
                                        HostUsage.SLOT,
                                        h -> h.with(taken, Facts.of(s).totals())))));
                Thread.sleep(HOST_SAMPLE_MILLIS);
              }
            }));
  }

  private Step inspect(State state) {
    return table.one(
        state,
        "inspecting",
        NOTHING,
        row -> {
          String name = row.facts().name();
          return Step.to(
              Shell.did(
                  state, "container-tui inspect " + name, "inspect(" + Words.java(name) + ")"),
              new Effect(
                  "inspect " + name,
                  host -> {
                    List<String> lines =
                        host.engine().containers().inspectJson(row.facts().id()).lines().toList();
                    host.post("inspected", s -> Step.to(TextPage.open(s, name, lines)));
                  }));
        });
  }

  private Step timeline(State state) {
    return table.one(
        state,
        "the boot timeline",
        NOTHING,
        row -> {
          String name = row.facts().name();
          return Step.to(
              Shell.did(
                  state,
                  "container-tui inspect " + name,
                  "container(" + Words.java(name) + ").timeline()"),
              new Effect(
                  "start of " + name,
                  host -> {
                    List<String> lines = BootPage.lines(row.facts().handle().bootTimeline());
                    host.post(
                        "timeline",
                        s -> Step.to(TextPage.open(s, "How " + name + " came up", lines)));
                  }));
        });
  }

  // --- the picture

  private record Parts(Rect table, Rect detail) {}

  private static Parts parts(State state, Rect area) {
    Rect none = new Rect(area.x(), area.y(), 0, 0);
    if (state.get(VIEW).whole()) {
      return new Parts(none, area);
    }
    if (area.height() < MIN_SPLIT_ROWS) {
      return new Parts(area, none);
    }
    int rows = MachineRow.all(state).size() + 3;
    int height = Math.clamp(rows, 6, Math.max(6, area.height() * 2 / 5));
    return new Parts(
        new Rect(area.x(), area.y(), area.width(), height),
        new Rect(area.x(), area.y() + height, area.width(), area.height() - height));
  }

  @Override
  public Optional<Step> mouse(State state, Mouse mouse, Rect area) {
    return table.mouse(state, mouse, parts(state, area).table());
  }

  @Override
  public Optional<String> badge(State state) {
    long machines = Facts.of(state).containers().stream().filter(c -> c.hasMachine()).count();
    return machines == 0 ? Optional.empty() : Optional.of(Long.toString(machines));
  }

  @Override
  public void draw(Canvas canvas, Rect area, State state) {
    Parts parts = parts(state, area);
    if (!parts.table().isEmpty()) {
      TableView.draw(
          canvas,
          parts.table(),
          Theme.of(state),
          MachineTable.TABLE,
          state.get(TABLE),
          MachineRow.all(state),
          whyEmpty(state),
          true);
    }
    if (!parts.detail().isEmpty()) {
      detail(canvas, parts.detail(), state);
    }
  }

  private void detail(Canvas canvas, Rect rect, State state) {
    Theme theme = Theme.of(state);
    View view = state.get(VIEW);
    Optional<MachineRow> row = view.host() ? Optional.empty() : table.selected(state);
    String title = row.map(r -> r.facts().name()).orElse("Host");
    canvas.box(
        rect,
        title + "  " + ranges(view.range()),
        theme.style(view.whole() ? Look.BORDER_FOCUSED : Look.BORDER),
        theme.style(Look.TITLE));
    Rect inside = new Rect(rect.x() + 2, rect.y() + 1, rect.width() - 4, rect.height() - 2);
    Glyphs glyphs = Glyphs.of(state);
    if (row.isPresent()) {
      MachineDetail detail = new MachineDetail(row.get(), view.range());
      DetailPane.draw(canvas, inside, theme, glyphs, detail.facts(zone), detail.charts());
    } else {
      HostDetail detail = HostDetail.of(state, view.range());
      DetailPane.draw(canvas, inside, theme, glyphs, detail.facts(), detail.charts());
    }
  }

  /** The chosen one in brackets: {@code [1m] 10m 1h}. */
  private static String ranges(Range chosen) {
    StringBuilder text = new StringBuilder();
    for (Range range : Range.values()) {
      text.append(text.isEmpty() ? "" : " ");
      text.append(range == chosen ? "[" + range.label() + "]" : range.label());
    }
    return text.toString();
  }

  private static List<String> whyEmpty(State state) {
    Facts facts = Facts.of(state);
    String filter = state.get(TABLE).filter().text();
    if (!facts.failure().isEmpty()) {
      return List.of("The machines cannot be listed.", facts.failure());
    } else if (!facts.containersKnown()) {
      return List.of("Looking for machines …");
    } else if (!filter.isBlank() && !MachineRow.all(state).isEmpty()) {
      return List.of("No machine matches /" + filter + ".", "esc clears the filter.");
    }
    return List.of(
        "No machine runs.",
        "Each container that runs has one of its own;",
        "those that have ended have none.");
  }
}
