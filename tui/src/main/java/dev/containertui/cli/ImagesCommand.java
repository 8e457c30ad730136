package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.image.ImageSummary;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "images",
    description = "List the images in the store.",
    footer = {"", "examples:", "  container-tui images --digests", "  container-tui images -q"})
final class ImagesCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;
  @Mixin private OutputFormat format;

  @Option(
      names = {"-q", "--quiet"},
      description = "print only image ids")
  private boolean quiet;

  @Option(names = "--digests", description = "show the digests of the manifests")
  private boolean digests;

  @Option(names = "--no-trunc", description = "print ids in full length")
  private boolean full;

  ImagesCommand(CliContext context) {
    this.context = context;
  }

  /** An image under one of its names. */
  private record Row(ImageSummary image, String reference) {}

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      List<ImageSummary> images = engine.images().list();
      if (quiet) {
        var ids = new LinkedHashSet<String>();
        images.forEach(image -> ids.add(id(image)));
        ids.forEach(out::println);
        return ExitCodes.OK;
      }
      List<Row> rows = images.stream().flatMap(i -> rows(i).stream()).toList();
      format.print(out, rows, this::json, () -> table(rows).print(out));
      return ExitCodes.OK;
    }
  }

  private static List<Row> rows(ImageSummary image) {
    return image.references().isEmpty()
        ? List.of(new Row(image, "<none>"))
        : image.references().stream().map(r -> new Row(image, ImageNames.familiar(r))).toList();
  }

  private Table table(List<Row> rows) {
    Table table =
        digests
            ? new Table("REPOSITORY", "TAG", "DIGEST", "IMAGE ID", "CREATED", "SIZE")
            : new Table("REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE");
    for (Row row : rows) {
      String repository = ImageNames.repository(row.reference);
      String tag = ImageNames.tag(row.reference);
      String size = Units.size(row.image.sizeBytes());
      if (digests) {
        table.row(repository, tag, row.image.digest(), id(row.image), created(row.image), size);
      } else {
        table.row(repository, tag, id(row.image), created(row.image), size);
      }
    }
    return table;
  }

  private Map<String, ?> json(Row row) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Repository", ImageNames.repository(row.reference));
    json.put("Tag", ImageNames.tag(row.reference));
    json.put("ID", id(row.image));
    json.put("Digest", row.image.digest());
    json.put("Platform", row.image.platform().toString());
    json.put("CreatedAt", row.image.created().map(Object::toString).orElse(""));
    json.put("CreatedSince", created(row.image));
    json.put("Size", Units.size(row.image.sizeBytes()));
    json.put("SizeBytes", row.image.sizeBytes());
    return json;
  }

  private String id(ImageSummary image) {
    return full ? image.id() : ImageNames.shortId(image.id());
  }

  private String created(ImageSummary image) {
    return image
        .created()
        .map(at -> Units.age(at, context.clock().instant()) + " ago")
        .orElse("N/A");
  }
}
