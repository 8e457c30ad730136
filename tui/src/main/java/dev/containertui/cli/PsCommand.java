package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.engine.ContainerFilter;
import dev.containertui.engine.DiskUsage.ContainerUse;
import dev.containertui.engine.Engine;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "ps",
    description = "List containers.",
    footer = {
      "",
      "Filters: ancestor, before, exited, expose, health, id, label, name, publish, since, status,",
      "until, volume.",
      "",
      "examples:",
      "  container-tui ps -a",
      "  container-tui ps -aq --filter status=exited",
      "  container-tui ps --format 'table {{.Names}}\\t{{.Status}}'"
    })
final class PsCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;
  @Mixin private OutputFormat format;
  @Mixin private FilterOptions filters;

  @Option(
      names = {"-a", "--all"},
      description = "also list containers that do not run")
  private boolean all;

  @Option(
      names = {"-n", "--last"},
      paramLabel = "N",
      defaultValue = "-1",
      description = "only the N that were created last, running or not")
  private int last;

  @Option(
      names = {"-l", "--latest"},
      description = "only the one that was created last, running or not")
  private boolean latest;

  @Option(
      names = {"-q", "--quiet"},
      description = "print only container ids")
  private boolean quiet;

  @Option(
      names = {"-s", "--size"},
      description = "also print how much each has written")
  private boolean sizes;

  @Option(names = "--no-trunc", description = "print ids and commands in full length")
  private boolean full;

  PsCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Instant now = context.clock().instant();
    ContainerFilter filter = ContainerFilter.of(filters.terms(), now, context.clock().getZone());
    int limit = latest ? 1 : last;
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      Stream<Container> found =
          engine.containers().list(all || limit >= 0 || filter.asksForEnded()).stream()
              .filter(filter.in(engine));
      List<Container> containers = (limit < 0 ? found : found.limit(limit)).toList();
      Map<String, ContainerUse> uses = sizes ? uses(engine) : Map.of();
      List<ContainerRow> rows =
          containers.stream()
              .map(c -> new ContainerRow(c, now, full, Optional.ofNullable(uses.get(c.id()))))
              .toList();
      if (quiet && format.columns()) {
        rows.forEach(row -> out.println(row.id()));
      } else {
        format.print(
            out, rows, ContainerRow::fields, ContainerRow.HEADS, () -> table(rows).print(out));
      }
      return ExitCodes.OK;
    }
  }

  private static Map<String, ContainerUse> uses(Engine engine) {
    return engine.diskUsage().containers().stream()
        .collect(Collectors.toMap(ContainerUse::id, Function.identity()));
  }

  private Table table(List<ContainerRow> rows) {
    List<String> heads =
        List.of("CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES", "SIZE");
    int columns = sizes ? heads.size() : heads.size() - 1;
    Table table = new Table(heads.subList(0, columns));
    for (ContainerRow row : rows) {
      List<String> cells =
          List.of(
              row.id(),
              row.image(),
              row.command(),
              row.created(),
              row.status(),
              row.ports(),
              row.container().name(),
              row.size());
      table.row(cells.subList(0, columns));
    }
    return table;
  }
}
