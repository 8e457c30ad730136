package dev.containertui.cli;

import dev.containertui.engine.Engine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "rename",
    description = "Give a container another name.",
    footer = {"", "example: container-tui rename web web-old"})
final class RenameCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "name, id or prefix of an id")
  private String container;

  @Parameters(index = "1", paramLabel = "NEW_NAME", description = "its new name")
  private String newName;

  RenameCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open()) {
      Lookup.container(engine, container).rename(newName);
      return ExitCodes.OK;
    }
  }
}
