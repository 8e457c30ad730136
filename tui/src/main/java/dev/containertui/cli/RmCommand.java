package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rm",
    description = "Remove containers.",
    footer = {"", "example: container-tui rm $(container-tui ps -aq)"})
final class RmCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = {"-f", "--force"},
      description = "stop it first if it runs")
  private boolean force;

  @Parameters(arity = "1..*", paramLabel = "CONTAINER", description = "name, id or prefix of an id")
  private List<String> containers;

  RmCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      return EachName.in(
          context,
          containers,
          name -> {
            engine.containers().find(name).orElseThrow(() -> unknown(name)).remove(force);
            out.println(name);
          });
    }
  }

  private static EngineException unknown(String name) {
    return new EngineException(
        EngineException.Kind.NOT_FOUND,
        "no such container: " + name,
        "container-tui ps -a lists the containers");
  }
}
