package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.engine.Engine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "port",
    description = "List a container's published ports; none are published yet.",
    footer = {"", "example: container-tui port web 80/tcp"})
final class PortCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "name, id or prefix of an id")
  private String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PORT[/PROTOCOL]",
      description = "only this port of the container")
  private String port;

  PortCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open()) {
      Container container = Lookup.container(engine, name);
      if (port != null) {
        throw new CommandFailure(
            ExitCodes.FAILURE,
            "no public port '" + port + "' published for " + container.name(),
            "");
      }
      return ExitCodes.OK;
    }
  }
}
