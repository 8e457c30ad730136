package dev.containertui.cli;

import dev.containertui.engine.Engine;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    description = "List what a container has changed in its image's files.",
    footer = {"", "A: added, C: changed, D: deleted.", "", "example: container-tui diff web"})
final class DiffCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Parameters(paramLabel = "CONTAINER", description = "name, id or prefix of an id")
  private String name;

  DiffCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      Lookup.container(engine, name)
          .files()
          .changes()
          .forEach(change -> out.println(change.kind().letter() + " " + OneLine.of(change.path())));
      return ExitCodes.OK;
    }
  }
}
