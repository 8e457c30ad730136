package dev.containertui.cli;

import dev.containertui.engine.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "save",
    description = "Write images as an archive that load, docker and skopeo read.",
    footer = {
      "",
      "examples:",
      "  container-tui save -o base.tar alpine debian",
      "  container-tui save alpine | docker load"
    })
final class SaveCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write to this file (default: standard output)")
  private Path file;

  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "name, id or prefix of an id")
  private List<String> images;

  SaveCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open()) {
      images.forEach(image -> Lookup.image(engine, image));
      return OutputFile.write(context, file, out -> engine.images().save(images, out));
    }
  }
}
