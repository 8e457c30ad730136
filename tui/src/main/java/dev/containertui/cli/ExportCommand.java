package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.engine.Engine;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = "Write a container's whole file system as a tar archive.",
    footer = {
      "",
      "examples:",
      "  container-tui export -o web.tar web",
      "  container-tui export web | tar t"
    })
final class ExportCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write to this file (default: standard output)")
  private Path file;

  @Parameters(paramLabel = "CONTAINER", description = "name, id or prefix of an id")
  private String name;

  ExportCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open()) {
      Container container = Lookup.container(engine, name);
      return OutputFile.write(context, file, out -> container.files().export(out));
    }
  }
}
