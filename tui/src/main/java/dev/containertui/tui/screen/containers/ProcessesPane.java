package dev.containertui.tui.screen.containers;

import dev.containertui.agent.GuestProcess;
import dev.containertui.container.ContainerState;
import dev.containertui.container.LinuxSignal;
import dev.containertui.error.EngineException;
import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Effect;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.draw.Units;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.text.Words;
import dev.containertui.tui.theme.Look;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.widget.Column;
import dev.containertui.tui.widget.Column.Cell;
import dev.containertui.tui.widget.Column.Fit;
import dev.containertui.tui.widget.InputLine;
import dev.containertui.tui.widget.Table;
import dev.containertui.tui.widget.TableActions;
import dev.containertui.tui.widget.TableState;
import dev.containertui.tui.widget.TableView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What runs in the container. */
final class ProcessesPane implements Pane {
  static final Context CONTEXT = new Context("containers.processes", "Containers: processes");
  static final Slot<TableState> TABLE = new Slot<>("containers.processes", TableState.START);
  static final Slot<Fetched<List<GuestProcess>>> PROCESSES =
      new Slot<>("containers.processes.list", Fetched.nothing());

  private static final Table<GuestProcess> KIND =
      new Table<>(
          "Processes",
          p -> Integer.toString(p.pid()),
          p -> p.pid() + " " + p.command(),
          List.of(
              right(
                  "PID", 6, 0, p -> Cell.of("" + p.pid()), Comparator.comparing(GuestProcess::pid)),
              right(
                  "PPID",
                  6,
                  5,
                  p -> new Cell("" + p.parentPid(), Look.FAINT),
                  Comparator.comparing(GuestProcess::parentPid)),
              right(
                  "USER",
                  5,
                  3,
                  p -> Cell.of("" + p.user()),
                  Comparator.comparing(GuestProcess::user)),
              new Column<>("S", 1, 1, Fit.LEFT, 4, p -> Cell.of("" + p.state())),
              right(
                  "CPU TIME",
                  9,
                  1,
                  p -> Cell.of(cpu(p.cpuMicros())),
                  Comparator.comparing(GuestProcess::cpuMicros)),
              right(
                  "MEMORY",
                  8,
                  2,
                  p -> Cell.of(Units.bytes(p.residentBytes())),
                  Comparator.comparing(GuestProcess::residentBytes)),
              new Column<>(
                  "COMMAND",
                  12,
                  4096,
                  Fit.LEFT,
                  0,
                  p -> new Cell(p.command(), p.pid() == 1 ? Look.STRONG : Look.PLAIN),
                  Comparator.comparing(GuestProcess::command))));

  private final Fetcher<Optional<Instant>, List<GuestProcess>> fetcher =
      new Fetcher<>(
          PROCESSES,
          "processes",
          (host, c, _) -> host.engine().watch(() -> c.handle().processes()));
  private final TableActions<GuestProcess> table =
      new TableActions<>(CONTEXT, KIND, TABLE, s -> s.get(PROCESSES).value().orElse(List.of()));

  private static Column<GuestProcess> right(
      String title,
      int width,
      int rank,
      java.util.function.Function<GuestProcess, Cell> cell,
      Comparator<GuestProcess> order) {
    return new Column<>(title, width, width, Fit.RIGHT, rank, cell, order);
  }

  private static String cpu(long micros) {
    long hundredths = micros / 10_000;
    return hundredths < 360_000
        ? String.format(
            Locale.ROOT, "%d:%02d.%02d", hundredths / 6000, hundredths / 100 % 60, hundredths % 100)
        : Units.duration(Duration.ofMillis(micros / 1000));
  }

  @Override
  public Tab tab() {
    return Tab.PROCESSES;
  }

  @Override
  public Context context(State state) {
    return CONTEXT;
  }

  @Override
  public List<Action> actions() {
    List<Action> all = new ArrayList<>(Tables.actions(table));
    all.add(
        Action.of(
            CONTEXT.name() + ".signal",
            CONTEXT,
            "K",
            "send the process a signal",
            "signal",
            this::askSignal));
    return all;
  }

  private Step askSignal(State state) {
    Optional<GuestProcess> process = table.selected(state);
    Optional<ContainerFacts> container = ContainerTable.selected(state);
    if (process.isEmpty() || container.isEmpty()) {
      return Step.to(Shell.note(state, "no process is selected", ""));
    }
    GuestProcess chosen = process.get();
    return Step.to(
        InputLine.open(
            state,
            InputLine.Input.proposing(
                "signal to " + chosen.pid() + " (" + first(chosen.command()) + "): ",
                "TERM",
                "Enter sends it · TERM KILL HUP INT USR1 …",
                (s, text) -> signal(s, container.get(), chosen, text.strip()))));
  }

  private static String first(String command) {
    String word = command.split(" ", 2)[0];
    return word.length() <= 20 ? word : word.substring(0, 20) + "…";
  }

  private static Step signal(
      State state, ContainerFacts container, GuestProcess process, String text) {
    if (text.isEmpty()) {
      return Step.to(state);
    }
    int number;
    try {
      number = LinuxSignal.number(text);
    } catch (EngineException e) {
      return Step.to(Shell.failed(state, e));
    }
    String pid = Integer.toString(process.pid());
    State told =
        process.pid() == 1
            ? Shell.did(
                state,
                "container-tui kill -s " + text + " " + container.name(),
                "c(" + Words.java(container.name()) + ").kill(" + Words.java(text) + ")")
            : Shell.did(
                state,
                "container-tui exec " + container.name() + " kill -" + number + " " + pid,
                "c("
                    + Words.java(container.name())
                    + ").exec("
                    + Words.java(List.of("kill", "-" + number, pid))
                    + ")");
    return Step.to(
        told,
        new Effect(
            "signal process " + pid + " of " + container.name(),
            host -> {
              GuestSignal.send(container.handle(), process.pid(), number);
              host.post(
                  "signalled",
                  s -> Step.to(Shell.success(s, "sent " + text + " to process " + pid, "")));
            }));
  }

  @Override
  public Step settled(State state, Optional<ContainerFacts> shown) {
    return shown
        .filter(ContainerFacts::isRunning)
        .map(c -> fetcher.want(state, c, c.started()))
        .orElse(Step.to(state));
  }

  @Override
  public Step ticked(State state, ContainerFacts shown) {
    return shown.isRunning() ? fetcher.again(state, shown, shown.started()) : Step.to(state);
  }

  @Override
  public Optional<Step> mouse(State state, Mouse mouse, Rect inside) {
    return table.mouse(state, mouse, inside.inset(-1));
  }

  @Override
  public String status(State state, ContainerFacts shown) {
    return TableView.status(KIND, state.get(TABLE), table.rows().apply(state));
  }

  @Override
  public void draw(Canvas canvas, Rect inside, State state, ContainerFacts shown, boolean focused) {
    Theme theme = Theme.of(state);
    Fetched<List<GuestProcess>> fetched = state.get(PROCESSES);
    boolean here = fetched.id().equals(shown.id());
    if (!shown.isRunning() || !here || fetched.value().isEmpty()) {
      TableView.message(canvas, inside, theme, whyEmpty(fetched, here, shown));
      return;
    }
    TableView.rows(
        canvas,
        inside,
        theme,
        KIND,
        state.get(TABLE),
        fetched.value().get(),
        List.of("No process matches /" + state.get(TABLE).filter().text() + "."),
        focused);
  }

  private static List<String> whyEmpty(
      Fetched<List<GuestProcess>> fetched, boolean here, ContainerFacts shown) {
    if (shown.state() instanceof ContainerState.Paused) {
      return List.of(
          shown.name() + " is paused: its processes cannot be asked for.", "p lets it go on.");
    } else if (!shown.isRunning()) {
      return List.of(shown.name() + " does not run: it has no processes.", "S starts it.");
    } else if (here && !fetched.failure().isEmpty()) {
      return List.of("The processes of " + shown.name() + " cannot be listed.", fetched.failure());
    }
    return List.of("Asking for the processes of " + shown.name() + " …");
  }
}
