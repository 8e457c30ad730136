package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.engine.DiskUsage;
import dev.containertui.engine.DiskUsage.ContainerUse;
import dev.containertui.engine.DiskUsage.ImageUse;
import dev.containertui.engine.DiskUsage.VolumeUse;
import dev.containertui.engine.Engine;
import dev.containertui.image.ImageSummary;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "df",
    description = "Show what takes how much of the disk.",
    footer = {
      "",
      "Reclaimable is what the prune commands would free. File systems are unpacked images.",
      "",
      "example: container-tui system df -v"
    })
final class SystemDfCommand implements Callable<Integer> {
  private static final Set<String> COUNTED = Set.of("Images", "Containers", "Local Volumes");

  private final CliContext context;
  @Mixin private HelpOption help;
  @Mixin private OutputFormat format;

  @Option(
      names = {"-v", "--verbose"},
      description = "list each image, container and volume")
  private boolean verbose;

  SystemDfCommand(CliContext context) {
    this.context = context;
  }

  /** What one kind of thing takes. */
  private record Row(String type, int total, int active, long size, long reclaimable) {
    Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("Type", type);
      fields.put("TotalCount", Integer.toString(total));
      fields.put("Active", Integer.toString(active));
      fields.put("Size", Units.size(size));
      fields.put("Reclaimable", reclaimableText());
      return fields;
    }

    String reclaimableText() {
      long percent = size == 0 ? 0 : 100 * reclaimable / size;
      return Units.size(reclaimable) + " (" + percent + "%)";
    }
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      DiskUsage usage = Cancellable.call(context, engine::diskUsage);
      List<Container> containers = engine.containers().list(true);
      List<Row> rows = rows(usage, containers);
      format.print(
          out,
          rows,
          Row::fields,
          Map.of("TotalCount", "TOTAL"),
          () -> {
            if (verbose) {
              printAll(out, usage, engine, containers);
            } else {
              table(rows).print(out);
            }
          });
      return ExitCodes.OK;
    }
  }

  private static List<Row> rows(DiskUsage usage, List<Container> containers) {
    List<ImageUse> images = usage.images();
    long unusedBytes =
        images.stream().filter(i -> i.containers() == 0).mapToLong(ImageUse::uniqueBytes).sum();
    int usedImages = (int) images.stream().filter(i -> i.containers() > 0).count();
    List<String> active =
        containers.stream().filter(c -> c.state().isActive()).map(Container::id).toList();
    long containerBytes = usage.containers().stream().mapToLong(SystemDfCommand::bytes).sum();
    long endedBytes =
        usage.containers().stream()
            .filter(c -> !active.contains(c.id()))
            .mapToLong(SystemDfCommand::bytes)
            .sum();
    long volumeBytes = usage.volumes().stream().mapToLong(VolumeUse::diskBytes).sum();
    long freeBytes =
        usage.volumes().stream()
            .filter(v -> v.containers() == 0)
            .mapToLong(VolumeUse::diskBytes)
            .sum();
    int usedVolumes = (int) usage.volumes().stream().filter(v -> v.containers() > 0).count();
    return List.of(
        new Row("Images", images.size(), usedImages, usage.layersBytes(), unusedBytes),
        new Row("Containers", usage.containers().size(), active.size(), containerBytes, endedBytes),
        new Row("Local Volumes", usage.volumes().size(), usedVolumes, volumeBytes, freeBytes),
        new Row("File systems", images.size(), usedImages, usage.rootfsBytes(), 0),
        new Row("Templates", 0, 0, usage.templatesBytes(), usage.templatesBytes()),
        new Row("Kernels", 0, 0, usage.kernelsBytes(), 0));
  }

  private static long bytes(ContainerUse use) {
    return use.diskBytes() + use.logBytes();
  }

  private static Table table(List<Row> rows) {
    Table table = new Table("TYPE", "TOTAL", "ACTIVE", "SIZE", "RECLAIMABLE");
    for (Row row : rows) {
      boolean counted = row.total > 0 || row.total > 0 || COUNTED.contains(row.type);
      table.row(
          row.type,
          counted ? Integer.toString(row.total) : "-",
          counted ? Integer.toString(row.active) : "-",
          Units.size(row.size),
          row.reclaimableText());
    }
    return table;
  }

  private void printAll(
      PrintStream out, DiskUsage usage, Engine engine, List<Container> containers) {
    out.println("Images space usage:\n");
    Table images = new Table("REPOSITORY", "TAG", "IMAGE ID", "SIZE", "UNIQUE SIZE", "CONTAINERS");
    for (ImageUse use : usage.images()) {
      Optional<ImageSummary> image = engine.images().find(use.digest());
      String name =
          image
              .map(ImageSummary::references)
              .filter(r -> !r.isEmpty())
              .map(List::getFirst)
              .map(ImageNames::familiar)
              .orElse("<none>");
      images.row(
          ImageNames.repository(name),
          ImageNames.tag(name),
          ImageNames.shortId(image.map(ImageSummary::id).orElse(use.digest())),
          Units.size(use.sizeBytes()),
          Units.size(use.uniqueBytes()),
          Integer.toString(use.containers()));
    }
    images.print(out);
    out.println("\nContainers space usage:\n");
    Table table = new Table("CONTAINER ID", "IMAGE", "SIZE", "LOGS", "STATUS", "NAMES");
    for (ContainerUse use : usage.containers()) {
      containers.stream()
          .filter(c -> c.id().equals(use.id()))
          .findFirst()
          .map(c -> new ContainerRow(c, context.clock().instant(), false, Optional.of(use)))
          .ifPresent(
              row ->
                  table.row(
                      row.id(),
                      row.image(),
                      Units.size(use.diskBytes()),
                      Units.size(use.logBytes()),
                      row.status(),
                      row.container().name()));
    }
    table.print(out);
    out.println("\nLocal Volumes space usage:\n");
    Table volumes = new Table("VOLUME NAME", "LINKS", "SIZE");
    for (VolumeUse use : usage.volumes()) {
      volumes.row(use.name(), Integer.toString(use.containers()), Units.size(use.diskBytes()));
    }
    volumes.print(out);
    out.println();
    table(rows(usage, containers).subList(3, 6)).print(out);
  }
}
