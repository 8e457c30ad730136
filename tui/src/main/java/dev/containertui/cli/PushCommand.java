package dev.containertui.cli;

import dev.containertui.engine.Engine;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "push",
    description = "Send an image to the registry of its name.",
    footer = {"", "example: container-tui push localhost:5000/base:1"})
final class PushCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = {"-q", "--quiet"},
      description = "no progress")
  private boolean quiet;

  @Parameters(paramLabel = "IMAGE", description = "[REGISTRY/]NAME[:TAG]")
  private String image;

  PushCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      String digest = Cancellable.call(context, () -> push(engine));
      if (quiet) {
        out.println(image);
      } else {
        out.println(image + ": digest: " + digest);
      }
      return ExitCodes.OK;
    }
  }

  private String push(Engine engine) {
    try (PushProgress progress = new PushProgress(context, quiet)) {
      return engine.images().push(image, progress);
    }
  }
}
