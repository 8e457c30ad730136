package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.image.ImageSummary;
import dev.containertui.oci.Platform;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pull",
    description = "Fetch an image from its registry.",
    footer = {
      "",
      "examples:",
      "  container-tui pull alpine",
      "  container-tui pull --platform linux/arm64 ghcr.io/owner/image:1.2",
      "  container-tui pull localhost:5000/image@sha256:…"
    })
final class PullCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      converter = PlatformOption.class,
      description = "the platform to take from a multi-platform image (default: the host's)")
  private Platform platform;

  @Option(
      names = {"-q", "--quiet"},
      description = "no progress")
  private boolean quiet;

  @Parameters(paramLabel = "IMAGE", description = "[REGISTRY/]NAME[:TAG|@DIGEST]")
  private String image;

  PullCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      ImageSummary pulled =
          Cancellable.call(
              context, () -> pull(context, engine, image, Optional.ofNullable(platform), quiet));
      if (!quiet) {
        context
            .io()
            .err()
            .println("pulled " + pulled.digest() + ", " + Units.size(pulled.sizeBytes()));
      }
      out.println(pulled.references().isEmpty() ? pulled.digest() : pulled.references().getFirst());
      return ExitCodes.OK;
    }
  }

  static ImageSummary pull(
      CliContext context, Engine engine, String image, Optional<Platform> platform, boolean quiet) {
    try (PullProgress progress = PullProgress.choose(context, quiet)) {
      return engine.images().pull(image, platform, progress);
    }
  }
}
