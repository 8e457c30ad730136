package dev.containertui.cli;

import dev.containertui.engine.Engine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "load",
    description = "Read images of an archive that save, docker or skopeo has written.",
    footer = {
      "",
      "examples:",
      "  container-tui load -i base.tar.gz",
      "  docker save alpine | container-tui load"
    })
final class LoadCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = {"-i", "--input"},
      paramLabel = "FILE",
      description = "read this file (default: standard input)")
  private Path file;

  @Option(
      names = {"-q", "--quiet"},
      description = "as docker has it; there is no progress to be left out")
  private boolean quiet;

  LoadCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      List<String> loaded = InputFile.read(context, file, in -> engine.images().load(in));
      for (String name : loaded) {
        String what = name.startsWith("sha256:") ? "Loaded image ID: " : "Loaded image: ";
        out.println(what + OneLine.of(ImageNames.familiar(name)));
      }
      return ExitCodes.OK;
    }
  }
}
