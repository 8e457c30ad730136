package dev.containertui.cli;

import dev.containertui.engine.ContainerFilter;
import dev.containertui.engine.Engine;
import dev.containertui.engine.ImageFilter;
import dev.containertui.engine.Pruned;
import dev.containertui.engine.VolumeFilter;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "prune",
    description = "Remove what is not used: stopped containers and images without a container.",
    footer = {"", "example: container-tui system prune -a"})
final class SystemPruneCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = {"-a", "--all"},
      description = "also images that have a name")
  private boolean all;

  @Option(names = "--volumes", description = "also anonymous volumes that no container has")
  private boolean volumes;

  @Mixin private PruneOptions options;

  SystemPruneCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Instant now = context.clock().instant();
    ZoneId zone = context.clock().getZone();
    ContainerFilter containers = ContainerFilter.ofPrune(options.terms(), now, zone);
    ImageFilter images = ImageFilter.ofPrune(options.terms(), now, zone);
    // Of volumes nobody knows since when they are not used.
    VolumeFilter ofVolumes = volumes ? VolumeFilter.ofPrune(options.terms()) : null;
    options.confirm(
        context,
        "This will remove:\n  - all stopped containers\n  - all "
            + (all ? "images without at least one container associated to them" : "dangling images")
            + (volumes ? "\n  - all anonymous volumes not used by at least one container" : "")
            + "\n",
        "system prune");
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      return Cancellable.call(
          context,
          () -> {
            Pruned ended = engine.containers().prune(containers.in(engine));
            ContainerPruneCommand.print(out, "Deleted Containers:", ended);
            Pruned unused = engine.images().prune(all, images.in(engine));
            ContainerPruneCommand.print(out, "Deleted Images:", unused);
            Pruned left =
                volumes ? VolumeCommand.prune(engine, ofVolumes, false) : new Pruned(List.of(), 0);
            ContainerPruneCommand.print(out, "Deleted Volumes:", left);
            long bytes = ended.reclaimedBytes() + unused.reclaimedBytes() + left.reclaimedBytes();
            out.println("Total reclaimed space: " + Units.size(bytes));
            return ExitCodes.OK;
          });
    }
  }
}
