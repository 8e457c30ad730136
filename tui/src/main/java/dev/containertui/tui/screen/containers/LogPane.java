package dev.containertui.tui.screen.containers;

import dev.containertui.container.ContainerState;
import dev.containertui.error.EngineException;
import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.export.HostFile;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.text.LineView;
import dev.containertui.tui.text.TextRow;
import dev.containertui.tui.text.ViewActions;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.widget.InputLine;
import dev.containertui.tui.widget.TableView;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** What the container has written, and goes on to write. */
final class LogPane implements Pane {
  /** After so long, facts tell whether the container still runs whose log has ended. */
  private static final long AGAIN_MILLIS = 2_000;

  static final Context CONTEXT = new Context("containers.logs", "Containers: logs");

  private static final DateTimeFormatter FILE_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final ViewActions view =
      new ViewActions(
          CONTEXT,
          s -> s.get(LogState.SLOT).lines(),
          s -> s.get(LogState.SLOT).view(),
          (s, v) -> s.with(LogState.SLOT, l -> l.with(v)),
          Arrangement::inside,
          s -> Step.to(s.with(Arrangement.SLOT, Arrangement::leave)));

  @Override
  public Tab tab() {
    return Tab.LOGS;
  }

  @Override
  public Context context(State state) {
    return CONTEXT;
  }

  @Override
  public List<Action> actions() {
    List<Action> all = new ArrayList<>(view.all());
    all.add(action("follow", "f", "follow the end, or stand still", "follow", LogPane::follow));
    all.add(action("times", "t", "times of the lines, or none", "times", LogPane::times));
    all.add(action("outputs", "v", "both outputs, stdout, stderr", "", LogPane::outputs));
    all.add(action("from", "b", "how far back: lines or time", "from", LogPane::from));
    all.add(action("again", "ctrl-r", "read it again", "", LogPane::again));
    all.add(action("save", "ctrl-s", "save to a file", "", LogPane::save));
    all.add(action("copy", "y", "copy the line found, or all in sight", "", LogPane::copy));
    return all;
  }

  private static Action action(String name, String keys, String title, String hint, Change run) {
    return Action.of(CONTEXT.name() + "." + name, CONTEXT, keys, title, hint, run);
  }

  // --- what can be done

  private static Step follow(State state) {
    LogState log = state.get(LogState.SLOT);
    Rect rect = Arrangement.inside(state);
    return Step.to(
        state.put(
            LogState.SLOT,
            log.with(
                log.view().stick()
                    ? LineView.hold(log.lines(), log.view(), rect)
                    : log.view().sticking())));
  }

  private static Step times(State state) {
    return Step.to(state.with(LogState.SLOT, l -> l.with(l.view().times(!l.view().times()))));
  }

  private static Step outputs(State state) {
    return Step.to(state.with(LogState.SLOT, l -> l.with(l.choice().nextOutputs())));
  }

  private static Step from(State state) {
    return Step.to(
        InputLine.open(
            state,
            InputLine.Input.proposing(
                "log from: ",
                state.get(LogState.SLOT).choice().reach(),
                "500 (lines) · 30s · 5m · 2h · all",
                (s, text) -> {
                  try {
                    LogChoice choice = s.get(LogState.SLOT).choice().from(text);
                    return Step.to(s.with(LogState.SLOT, l -> l.with(choice)));
                  } catch (EngineException e) {
                    return Step.to(Shell.failed(s, e));
                  }
                })));
  }

  /** Without a feed, another one is opened. */
  private static Step again(State state) {
    LogState log = state.get(LogState.SLOT);
    return new Step(
        state.put(LogState.SLOT, log.without()), log.feed().stream().map(LogPane::close).toList());
  }

  private static Step save(State state) {
    Optional<ContainerFacts> container = ContainerTable.selected(state);
    if (container.isEmpty() || state.get(LogState.SLOT).lines().isEmpty()) {
      return Step.to(Shell.note(state, "there is nothing to save", ""));
    }
    String name = container.get().name() + "-" + FILE_TIME.format(Facts.of(state).now()) + ".log";
    return Step.to(
        InputLine.open(
            state,
            InputLine.Input.of(
                "save log to: ",
                name,
                "Enter writes a new file",
                (s, text) -> saved(s, text.strip()))));
  }

  private static Step saved(State state, String file) {
    LogState log = state.get(LogState.SLOT);
    List<String> lines =
        LongStream.range(log.lines().first(), log.lines().end())
            .mapToObj(log.lines()::get)
            .filter(
                r -> log.view().filter().isEmpty() || log.view().filter().matches(r.line().text()))
            .map(r -> text(log, r))
            .toList();
    String text = String.join("\n", lines) + "\n";
    return file.isEmpty()
        ? Step.to(state)
        : Step.to(
            state,
            new Effect(
                "save " + file,
                host -> {
                  Path path = HostFile.create(file, text);
                  host.post(
                      "saved",
                      s ->
                          Step.to(
                              Shell.success(
                                  s, "saved " + lines.size() + " lines", path.toString())));
                }));
  }

  private static String text(LogState log, TextRow row) {
    return log.view().times()
        ? row.at().map(at -> at + " ").orElse("") + row.line().text()
        : row.line().text();
  }

  private static Step copy(State state) {
    LogState log = state.get(LogState.SLOT);
    List<TextRow> rows = LineView.copied(log.lines(), log.view(), Arrangement.inside(state));
    if (rows.isEmpty()) {
      return Step.to(Shell.note(state, "there is nothing to copy", ""));
    }
    String text = String.join("\n", rows.stream().map(r -> text(log, r)).toList());
    return Step.to(
        Shell.success(state, "copied " + rows.size() + (rows.size() == 1 ? " line" : " lines"), ""),
        new Effect("copy", host -> host.clipboard(text)));
  }

  // --- where the lines come from

  @Override
  public Step settled(State state, Optional<ContainerFacts> shown) {
    LogState log = state.get(LogState.SLOT);
    if (shown.isEmpty()) {
      return log.feed().isEmpty()
          ? Step.to(state)
          : Step.to(state.put(LogState.SLOT, log.without()), close(log.feed().get()));
    }
    ContainerFacts container = shown.get();
    boolean fed =
        log.feed().isPresent()
            && log.id().equals(container.id())
            && log.feed().get().choice().equals(log.choice());
    boolean runsAgain =
        log.ended() && container.isRunning() && !container.started().equals(log.run());
    return fed && !runsAgain ? Step.to(state) : open(state, log, container);
  }

  private static Step open(State state, LogState log, ContainerFacts container) {
    LogFeed feed = new LogFeed(container.handle(), log.choice());
    List<Effect> effects = new ArrayList<>();
    log.feed().ifPresent(f -> effects.add(close(f)));
    effects.add(
        new Effect(
            "log of " + container.name(),
            host -> {
              feed.run(host, (from, batch) -> host.post("log", s -> take(s, from, batch)));
              Thread.sleep(AGAIN_MILLIS);
              host.post("log again", s -> again(s, feed));
            }));
    return new Step(
        state.put(LogState.SLOT, log.begin(container.id(), container.started(), feed)), effects);
  }

  private static Effect close(LogFeed feed) {
    return new Effect("close log", _ -> feed.close());
  }

  private static Step take(State state, LogFeed from, LogFeed.Batch batch) {
    LogState log = state.get(LogState.SLOT);
    boolean wanted = log.feed().filter(f -> f == from).isPresent();
    return Step.to(wanted ? state.put(LogState.SLOT, log.take(batch)) : state);
  }

  /** A log that ends while its container runs on was cut off: its engine has been replaced. */
  private static Step again(State state, LogFeed from) {
    LogState log = state.get(LogState.SLOT);
    boolean cutOff =
        log.feed().filter(f -> f == from).isPresent()
            && log.ended()
            && state
                .get(Facts.SLOT)
                .container(log.id())
                .filter(c -> c.hasMachine() && c.started().equals(log.run()))
                .isPresent();
    return Step.to(cutOff ? state.put(LogState.SLOT, log.without()) : state);
  }

  // --- how it looks

  @Override
  public Optional<Step> mouse(State state, Mouse mouse, Rect inside) {
    return view.mouse(state, mouse);
  }

  @Override
  public String status(State state, ContainerFacts shown) {
    LogState log = state.get(LogState.SLOT);
    String where =
        log.ended() ? "ended" : log.view().stick() ? "following" : "standing still, f follows";
    String outputs = log.choice().outputs();
    return "%s  %s%s%s"
        .formatted(
            where,
            log.choice().words(),
            outputs.isEmpty() ? "" : "  " + outputs,
            LineView.status(log.lines(), log.view()));
  }

  @Override
  public void draw(Canvas canvas, Rect inside, State state, ContainerFacts shown, boolean focused) {
    LogState log = state.get(LogState.SLOT);
    Theme theme = Theme.of(state);
    boolean nothing =
        log.lines().isEmpty()
            || log.lines().next(0, log.view().filter()).isEmpty()
            || !log.id().equals(shown.id());
    if (nothing) {
      TableView.message(canvas, inside, theme, whyEmpty(log, shown));
    } else {
      LineView.draw(canvas, inside, theme, log.lines(), log.view());
    }
  }

  private static List<String> whyEmpty(LogState log, ContainerFacts container) {
    String name = container.name();
    if (!log.id().equals(container.id()) || !log.known()) {
      return List.of("Reading the log of " + name + " …");
    } else if (!log.failure().isEmpty()) {
      return List.of("The log of " + name + " cannot be read.", log.failure());
    } else if (!log.lines().isEmpty()) {
      return List.of(
          "No line matches &" + log.view().filter().text() + ".", "esc clears the filter.");
    } else if (container.state() instanceof ContainerState.Created) {
      return List.of(name + " was never started: it has written nothing.", "S starts it.");
    } else if (container.state() instanceof ContainerState.Failed failed) {
      return List.of(name + " has written nothing: it failed.", failed.reason());
    } else if (!log.choice().outputs().isEmpty() || log.choice().since().isPresent()) {
      return List.of(
          "Nothing in this part of the log.", "b changes how far back, v which outputs.");
    }
    return List.of(
        name + (container.isAlive() ? " has written nothing yet." : " has written nothing."));
  }
}
