package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.engine.Engine;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that does the same to each of the containers it is given. */
abstract class ContainersCommand implements Callable<Integer> {
  final CliContext context;
  @Mixin private HelpOption help;

  @Parameters(arity = "1..*", paramLabel = "CONTAINER", description = "name, id or prefix of an id")
  List<String> containers;

  ContainersCommand(CliContext context) {
    this.context = context;
  }

  /** Refuses, before anything is done, what the options do not allow. */
  void check(Engine engine) {}

  /**
   * Does it to one of them; several at once are done on as many threads.
   *
   * @param name as the user wrote it
   * @return the line to print for it
   */
  abstract String act(Container container, String name);

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      check(engine);
      return EachName.sideBySide(
          context, containers, out, name -> act(Lookup.container(engine, name), name));
    }
  }
}
