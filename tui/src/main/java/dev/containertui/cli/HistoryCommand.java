package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.engine.Images.HistoryStep;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "history",
    description = "Show how an image was made, newest step first.",
    footer = {"", "example: container-tui history --no-trunc nginx"})
final class HistoryCommand implements Callable<Integer> {
  private static final int STEP_WIDTH = 45;
  private static final Map<String, String> HEADS = Map.of("ID", "IMAGE", "CreatedSince", "CREATED");

  private final CliContext context;
  @Mixin private HelpOption help;
  @Mixin private OutputFormat format;

  @Option(names = "--no-trunc", description = "print digests and steps in full length")
  private boolean full;

  @Option(
      names = {"-q", "--quiet"},
      description = "print only the image's digest, or <missing>")
  private boolean quiet;

  @Option(
      names = {"-H", "--human"},
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "sizes and times for people (default: true)")
  private boolean human;

  @Parameters(paramLabel = "IMAGE", description = "name, id or prefix of an id")
  private String image;

  HistoryCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      List<HistoryStep> steps = engine.images().history(image);
      if (quiet && format.columns()) {
        steps.forEach(step -> out.println(id(step)));
      } else {
        format.print(out, steps, this::fields, HEADS, () -> table(steps).print(out));
      }
      return ExitCodes.OK;
    }
  }

  private Table table(List<HistoryStep> steps) {
    Table table = new Table("IMAGE", "CREATED", "CREATED BY", "SIZE", "COMMENT");
    steps.forEach(
        step -> table.row(id(step), created(step), createdBy(step), size(step), step.comment()));
    return table;
  }

  private Map<String, ?> fields(HistoryStep step) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ID", id(step));
    fields.put("CreatedSince", created(step));
    fields.put("CreatedAt", step.created().map(Object::toString).orElse(""));
    fields.put("CreatedBy", createdBy(step));
    fields.put("Size", size(step));
    fields.put("Comment", step.comment());
    return fields;
  }

  private String id(HistoryStep step) {
    if (step.imageDigest().isEmpty()) {
      return "<missing>";
    }
    return full ? step.imageDigest() : ImageNames.shortId(step.imageDigest());
  }

  private String created(HistoryStep step) {
    return step.created()
        .map(at -> human ? Units.age(at, context.clock().instant()) + " ago" : at.toString())
        .orElse("N/A");
  }

  private String createdBy(HistoryStep step) {
    String text = OneLine.of(step.createdBy());
    return full || text.length() <= STEP_WIDTH ? text : text.substring(0, STEP_WIDTH - 1) + "…";
  }

  private String size(HistoryStep step) {
    return human ? Units.size(step.sizeBytes()) : Long.toString(step.sizeBytes());
  }
}
