package dev.containertui.cli;

import dev.containertui.engine.ContainerFilter;
import dev.containertui.engine.Engine;
import dev.containertui.engine.Pruned;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "prune",
    description = "Remove all containers that do not run.",
    footer = {"", "example: container-tui container prune -f --filter until=24h"})
final class ContainerPruneCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;
  @Mixin private PruneOptions options;

  ContainerPruneCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ContainerFilter filter =
        ContainerFilter.ofPrune(
            options.terms(), context.clock().instant(), context.clock().getZone());
    options.confirm(context, "This will remove all stopped containers.", "container prune");
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      Pruned pruned = Cancellable.call(context, () -> engine.containers().prune(filter.in(engine)));
      print(out, "Deleted Containers:", pruned);
      out.println("Total reclaimed space: " + Units.size(pruned.reclaimedBytes()));
      return ExitCodes.OK;
    }
  }

  static void print(PrintStream out, String head, Pruned pruned) {
    if (!pruned.names().isEmpty()) {
      out.println(head);
      pruned.names().forEach(name -> out.println(OneLine.of(name)));
      out.println();
    }
  }
}
