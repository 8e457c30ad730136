package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerStats;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "stats",
    description = "Show what running containers use, again and again on a terminal.",
    footer = {
      "",
      "CPU %% is of one CPU: two busy ones are 200 %%. With --wide, VM CPU %% and VM RSS are what the",
      "container's virtual machine takes of the host.",
      "",
      "examples:",
      "  container-tui stats",
      "  container-tui stats --no-stream --format '{{.Name}}: {{.CPUPerc}}'"
    })
final class StatsCommand implements Callable<Integer> {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final CliContext context;
  @Mixin private HelpOption help;
  @Mixin private OutputFormat format;

  @Option(
      names = {"-a", "--all"},
      description = "also list containers that do not run")
  private boolean all;

  @Option(names = "--no-stream", description = "print one sample and end")
  private boolean once;

  @Option(names = "--no-trunc", description = "print ids in full length")
  private boolean full;

  @Option(names = "--wide", description = "also show what the virtual machines take of the host")
  private boolean wide;

  @Parameters(arity = "0..*", paramLabel = "CONTAINER", description = "only these")
  private List<String> names = List.of();

  /** The last samples, by id: rates are differences. */
  private final Map<String, ContainerStats> before = new HashMap<>();

  StatsCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    boolean live = !once && context.fancyOut() && format.columns();
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      names.forEach(name -> Lookup.container(engine, name));
      return Cancellable.call(
          context,
          () -> {
            sample(engine);
            pause();
            if (live) {
              return stream(engine, new LiveBlock(out, LocalTerminal.columns(context)));
            }
            return print(engine, out);
          });
    }
  }

  private int print(Engine engine, PrintStream out) {
    while (true) {
      List<StatsRow> rows = sample(engine);
      format.print(out, rows, StatsRow::fields, StatsRow.HEADS, () -> table(rows).print(out));
      if (once) {
        return ExitCodes.OK;
      }
      if (out.checkError()) { // flushes, too
        return ExitCodes.BROKEN_PIPE;
      }
      if (rows.isEmpty() && !names.isEmpty()) {
        return ExitCodes.OK; // those that were asked for have ended
      }
      pause();
    }
  }

  private int stream(Engine engine, LiveBlock block) {
    while (true) {
      block.draw(table(sample(engine)).lines());
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(INTERVAL);
    } catch (InterruptedException e) {
      throw new EngineException(EngineException.Kind.CANCELLED, "cancelled", e);
    }
  }

  private Table table(List<StatsRow> rows) {
    Table table = new Table(StatsRow.head(wide));
    rows.forEach(row -> table.row(row.cells(wide)));
    return table;
  }

  private List<StatsRow> sample(Engine engine) {
    List<Container> containers =
        names.isEmpty()
            ? engine.containers().list(all)
            : names.stream()
                .map(name -> engine.containers().find(name))
                .flatMap(Optional::stream)
                .toList();
    List<StatsRow> rows = new ArrayList<>();
    for (Container container : containers) {
      Optional<ContainerStats> now = statsOf(container);
      if (now.isPresent() || all || !names.isEmpty() && container.state().isActive()) {
        rows.add(
            new StatsRow(container, full, now, Optional.ofNullable(before.get(container.id()))));
      }
      now.ifPresent(sample -> before.put(container.id(), sample));
    }
    return rows;
  }

  /** Empty if it does not run; it may have ended since it was listed. */
  private static Optional<ContainerStats> statsOf(Container container) {
    if (!container.state().isActive()) {
      return Optional.empty();
    }
    try {
      return Optional.of(container.stats());
    } catch (EngineException e) {
      if (e.kind() == EngineException.Kind.CANCELLED) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
