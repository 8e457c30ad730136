package dev.containertui.cli;

import dev.containertui.engine.Engine;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rmi",
    description = "Remove images from the store.",
    footer = {"", "example: container-tui rmi alpine:3.20 busybox"})
final class RmiCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = {"-f", "--force"},
      description = "remove it even if a container was made of it")
  private boolean force;

  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "name, id or prefix of an id")
  private List<String> images;

  RmiCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      return EachName.in(
          context,
          images,
          name ->
              engine.images().remove(name, force).forEach(line -> out.println(OneLine.of(line))));
    }
  }
}
