package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.engine.FilterTerms;
import dev.containertui.engine.ImageFilter;
import dev.containertui.image.ImageSummary;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "images",
    description = "List the images in the store.",
    footer = {
      "",
      "Filters: before, dangling, label, reference, since, until.",
      "",
      "examples:",
      "  container-tui images --digests",
      "  container-tui images 'alpine:3*'",
      "  container-tui images -q --filter dangling=true"
    })
final class ImagesCommand implements Callable<Integer> {
  private static final Map<String, String> HEADS =
      Map.of("ID", "IMAGE ID", "CreatedSince", "CREATED");

  private final CliContext context;
  @Mixin private HelpOption help;
  @Mixin private OutputFormat format;
  @Mixin private FilterOptions filters;

  @Option(
      names = {"-a", "--all"},
      description = "as docker has it; there are no hidden images")
  private boolean all;

  @Option(
      names = {"-q", "--quiet"},
      description = "print only image ids")
  private boolean quiet;

  @Option(names = "--digests", description = "show the digests of the manifests")
  private boolean digests;

  @Option(names = "--no-trunc", description = "print ids in full length")
  private boolean full;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME[:TAG]",
      description = "only images of this name; * and ? stand for other characters")
  private String name;

  ImagesCommand(CliContext context) {
    this.context = context;
  }

  /** An image under one of its names. */
  private record Row(ImageSummary image, String reference) {}

  @Override
  public Integer call() {
    ImageFilter filter =
        ImageFilter.of(terms(), context.clock().instant(), context.clock().getZone());
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      List<ImageSummary> images =
          engine.images().list().stream().filter(filter.in(engine)).toList();
      if (quiet && format.columns()) {
        var ids = new LinkedHashSet<String>();
        images.forEach(image -> ids.add(id(image)));
        ids.forEach(out::println);
        return ExitCodes.OK;
      }
      List<Row> rows = images.stream().flatMap(image -> rows(image, filter)).toList();
      format.print(out, rows, this::fields, HEADS, () -> table(rows).print(out));
      return ExitCodes.OK;
    }
  }

  private FilterTerms terms() {
    return name == null ? filters.terms() : filters.terms().and("reference", name);
  }

  private static Stream<Row> rows(ImageSummary image, ImageFilter filter) {
    return image.references().isEmpty()
        ? Stream.of(new Row(image, "<none>"))
        : image.references().stream()
            .filter(filter::matches)
            .map(r -> new Row(image, ImageNames.familiar(r)));
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

  private Map<String, ?> fields(Row row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Repository", ImageNames.repository(row.reference));
    fields.put("Tag", ImageNames.tag(row.reference));
    fields.put("ID", id(row.image));
    fields.put("Digest", row.image.digest());
    fields.put("Platform", row.image.platform().toString());
    fields.put("CreatedAt", row.image.created().map(Object::toString).orElse(""));
    fields.put("CreatedSince", created(row.image));
    fields.put("Size", Units.size(row.image.sizeBytes()));
    fields.put("SizeBytes", row.image.sizeBytes());
    return fields;
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
