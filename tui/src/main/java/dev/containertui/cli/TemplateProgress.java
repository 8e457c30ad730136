package dev.containertui.cli;

import dev.containertui.engine.Templates;
import dev.containertui.template.Template;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Has a template made and tells a person how it goes. */
final class TemplateProgress {
  private final CliContext context;
  private final Templates templates;
  private final boolean quiet;

  TemplateProgress(CliContext context, Templates templates, boolean quiet) {
    this.context = context;
    this.templates = templates;
    this.quiet = quiet;
  }

  Template build(Optional<Double> cpus, Optional<Long> memoryBytes, Optional<Path> kernel) {
    if (quiet) {
      return templates.build(cpus, memoryBytes, kernel);
    }
    PrintStream err = context.io().err();
    List<String> before = templates.list().stream().map(Template::key).toList();
    long start = System.nanoTime();
    Template template = showingSo(() -> templates.build(cpus, memoryBytes, kernel));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    err.println(
        before.contains(template.key())
            ? "template: it is there already"
            : String.format(
                Locale.ROOT,
                "template: made in %.1f s, %s on disk",
                took.toMillis() / 1e3,
                Units.size(template.diskBytes())));
    return template;
  }

  private Template showingSo(Supplier<Template> work) {
    PrintStream err = context.io().err();
    String line = "template: a machine boots, unless it is there";
    if (!context.fancyErr()) {
      err.println(line);
      return work.get();
    }
    LiveBlock block = new LiveBlock(err, LocalTerminal.columns(context));
    block.draw(List.of(line));
    try {
      return work.get();
    } finally {
      block.erase();
    }
  }
}
