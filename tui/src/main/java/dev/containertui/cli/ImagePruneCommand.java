package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.engine.ImageFilter;
import dev.containertui.engine.Pruned;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "prune",
    description = "Remove images that no container was made of.",
    footer = {"", "example: container-tui image prune -a --filter until=720h"})
final class ImagePruneCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = {"-a", "--all"},
      description = "also those that have a name")
  private boolean all;

  @Mixin private PruneOptions options;

  ImagePruneCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ImageFilter filter =
        ImageFilter.ofPrune(options.terms(), context.clock().instant(), context.clock().getZone());
    boolean named = all || filter.dangling().filter(dangling -> !dangling).isPresent();
    options.confirm(
        context,
        named
            ? "This will remove all images without at least one container associated to them."
            : "This will remove all dangling images.",
        "image prune");
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      Pruned pruned =
          Cancellable.call(context, () -> engine.images().prune(named, filter.in(engine)));
      ContainerPruneCommand.print(out, "Deleted Images:", pruned);
      out.println("Total reclaimed space: " + Units.size(pruned.reclaimedBytes()));
      return ExitCodes.OK;
    }
  }
}
