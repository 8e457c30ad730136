package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.network.ContainerPort;
import dev.containertui.network.PublishedPort;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "port",
    description = "List where the host listens for a container's published ports.",
    footer = {
      "",
      "examples:",
      "  container-tui port web",
      "  curl http://$(container-tui port web 80)/"
    })
final class PortCommand implements Callable<Integer> {
  private final CliContext context;
  @Spec private CommandSpec spec;
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
    ContainerPort only = port == null ? null : parsed();
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      Container container = Lookup.container(engine, name);
      List<PublishedPort> ports = container.ports().stream().sorted().toList();
      if (only == null) {
        ports.forEach(one -> out.println(one.containerPort() + " -> " + one.hostSide()));
        return ExitCodes.OK;
      }
      List<PublishedPort> asked =
          ports.stream().filter(one -> one.containerPort().equals(only)).toList();
      if (asked.isEmpty()) {
        throw new CommandFailure(
            ExitCodes.FAILURE,
            "no public port '" + only + "' published for " + container.name(),
            container.state().isUp() ? "" : "it does not run");
      }
      asked.forEach(one -> out.println(one.hostSide()));
      return ExitCodes.OK;
    }
  }

  private ContainerPort parsed() {
    try {
      return ContainerPort.parse(port);
    } catch (EngineException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
