package dev.containertui.cli;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
import dev.containertui.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code run} and {@code create} have in common: they make a container of an image. */
final class CreateOptions {
  enum Pull {
    missing,
    always,
    never
  }

  private static final TerminalSize FALLBACK_SIZE = new TerminalSize(80, 24);

  @Mixin private RunOptions options;

  @Option(
      names = "--pull",
      paramLabel = "missing|always|never",
      defaultValue = "missing",
      description = "when to fetch the image (default: if it is missing)")
  private Pull pull;

  @Option(
      names = {"-q", "--quiet"},
      description = "no progress while fetching")
  private boolean quiet;

  @Option(
      names = "--cidfile",
      paramLabel = "FILE",
      description = "write the container's id to this file, which must not exist")
  private Path idFile;

  @Option(names = "--help", usageHelp = true, description = "print this help")
  private boolean help;

  @Parameters(
      index = "0",
      paramLabel = "IMAGE",
      description = "[REGISTRY/]NAME[:TAG|@DIGEST] or an image id")
  private String image;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "command and arguments (default: the image's)")
  private List<String> arguments = List.of();

  RunOptions options() {
    return options;
  }

  boolean quiet() {
    return quiet;
  }

  /**
   * What is to be made, but for the kernel; refuses what is malformed before anything is fetched.
   */
  ContainerSpec.Builder specification(CliContext context) {
    if (idFile != null && Files.exists(idFile)) {
      throw new CommandFailure(
          ExitCodes.RUN_FAILED,
          "--cidfile " + idFile + " exists already",
          "make sure that the other container does not run, or delete the file");
    }
    Optional<TerminalSize> terminal =
        options.tty()
            ? LocalTerminal.size().or(() -> Optional.of(FALLBACK_SIZE))
            : Optional.empty();
    return options.toSpec(image, arguments, context.environment(), terminal);
  }

  /** Fetches the image if need be, and makes the container. Meant to be cancellable. */
  Container create(CliContext context, Engine engine, ContainerSpec spec) {
    fetchImage(context, engine);
    Container container = engine.containers().create(spec);
    if (idFile != null) {
      writeId(container);
    }
    return container;
  }

  private void writeId(Container container) {
    try {
      Files.writeString(idFile, container.id(), StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      container.remove(true);
      throw new CommandFailure(
          ExitCodes.RUN_FAILED,
          "cannot write the container's id to " + idFile,
          "is its directory there, and may you write to it?");
    }
  }

  private void fetchImage(CliContext context, Engine engine) {
    boolean there =
        engine
            .images()
            .find(image)
            .filter(found -> options.platform().map(found.platform()::equals).orElse(true))
            .isPresent();
    if (pull == Pull.always || pull == Pull.missing && !there) {
      PullCommand.pull(context, engine, image, options.platform(), quiet);
    } else if (!there) {
      throw new CommandFailure(
          ExitCodes.RUN_FAILED,
          "image " + image + " is not in the store, and --pull never forbids fetching it",
          "container-tui pull " + image);
    }
  }
}
