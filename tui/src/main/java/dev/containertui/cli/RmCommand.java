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
    footer = {
      "",
      "examples:",
      "  container-tui rm web",
      "  container-tui rm -f $(container-tui ps -aq)"
    })
final class RmCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = {"-f", "--force"},
      description = "stop it first if it runs; it is no failure if there is none")
  private boolean force;

  @Option(
      names = {"-v", "--volumes"},
      description = "also remove its anonymous volumes")
  private boolean volumes;

  @Parameters(arity = "1..*", paramLabel = "CONTAINER", description = "name, id or prefix of an id")
  private List<String> containers;

  RmCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      List<String> names = containers.stream().distinct().toList();
      if (!force) {
        return EachName.sideBySide(context, names, out, name -> remove(engine, name));
      }
      List<String> there = names.stream().filter(name -> isThere(engine, name)).toList();
      return EachName.sideBySide(context, there, out, name -> remove(engine, name));
    }
  }

  private String remove(Engine engine, String name) {
    Lookup.container(engine, name).remove(force, volumes);
    return name;
  }

  /** With {@code -f}, docker reports what is not there and calls it a success. */
  private boolean isThere(Engine engine, String name) {
    try {
      Lookup.container(engine, name);
      return true;
    } catch (EngineException e) {
      if (e.kind() != EngineException.Kind.NOT_FOUND) {
        return true; // to be reported, and to count, when it is removed
      }
      Messages.print(context.io().err(), e.getMessage(), "");
      return false;
    }
  }
}
