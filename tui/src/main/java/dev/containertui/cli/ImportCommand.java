package dev.containertui.cli;

import dev.containertui.engine.Engine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = "Make an image of a tar archive with a whole file system, and print its digest.",
    footer = {
      "",
      "examples:",
      "  container-tui import -c 'CMD [\"/bin/sh\"]' root.tar.gz local/root",
      "  container-tui export web | container-tui import - local/web:flat"
    })
final class ImportCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = {"-c", "--change"},
      paramLabel = "INSTRUCTION",
      description =
          "a line of a Dockerfile: CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, STOPSIGNAL, USER,"
              + " VOLUME, WORKDIR")
  private List<String> changes = List.of();

  @Option(
      names = {"-m", "--message"},
      paramLabel = "TEXT",
      defaultValue = "",
      description = "where it comes from, for the image's history")
  private String message;

  @Parameters(index = "0", paramLabel = "FILE|-", description = "the archive; -: standard input")
  private String file;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "IMAGE",
      description = "name of the image: [REGISTRY/]NAME[:TAG]")
  private String image;

  ImportCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (file.matches("https?://.*")) {
      throw new CommandFailure(
          ExitCodes.FAILURE,
          "import does not fetch archives from the network",
          "curl -L " + file + " | container-tui import -");
    }
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      String digest =
          InputFile.read(
              context,
              file.equals("-") ? null : Path.of(file),
              in -> engine.images().importRoot(in, Optional.ofNullable(image), message, changes));
      out.println(digest);
      return ExitCodes.OK;
    }
  }
}
