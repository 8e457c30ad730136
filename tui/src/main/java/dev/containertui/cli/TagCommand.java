package dev.containertui.cli;

import dev.containertui.engine.Engine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "tag",
    description = "Give an image a further name.",
    footer = {"", "example: container-tui tag alpine:3.20 localhost:5000/base:1"})
final class TagCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Parameters(index = "0", paramLabel = "IMAGE", description = "name, id or prefix of an id")
  private String image;

  @Parameters(index = "1", paramLabel = "NEW_NAME", description = "[REGISTRY/]NAME[:TAG]")
  private String newName;

  TagCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open()) {
      engine.images().tag(image, newName);
      return ExitCodes.OK;
    }
  }
}
