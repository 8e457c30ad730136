package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.WaitCondition;
import dev.containertui.engine.Engine;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "start",
    description = "Start containers that do not run.",
    footer = {
      "",
      "With -a or -i the exit code is that of the container's command, as with run.",
      "",
      "examples:",
      "  container-tui start web db",
      "  container-tui start -ai shell"
    })
final class StartCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = {"-a", "--attach"},
      description = "pass its output on and wait for its end; for one container")
  private boolean attach;

  @Option(
      names = {"-i", "--interactive"},
      description = "pass standard input on; for one container")
  private boolean interactive;

  @Mixin private AttachOptions attachOptions;

  @Parameters(arity = "1..*", paramLabel = "CONTAINER", description = "name, id or prefix of an id")
  private List<String> containers;

  StartCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (!attach && !interactive) {
      return startAll();
    }
    if (containers.size() > 1) {
      throw new CommandFailure(
          ExitCodes.FAILURE, "you cannot start and attach multiple containers at once", "");
    }
    try (Engine engine = context.engines().open()) {
      Container container = Lookup.container(engine, containers.getFirst());
      ContainerSpec spec = container.spec();
      boolean terminal = spec.terminal().isPresent();
      return new Attach(context, engine, container, ExitCodes.FAILURE)
          .run(
              new Session.Streams(
                  interactive && spec.openStdin(),
                  true,
                  true,
                  terminal,
                  Optional.of(attachOptions.detachKeys())),
              attachOptions.signalProxy(),
              () -> start(container));
    }
  }

  private Attach.Exit start(Container container) {
    if (container.state().isActive()) { // as it should be
      return () -> container.await(WaitCondition.NOT_RUNNING);
    }
    ContainerProcess process =
        Cancellable.call(context, () -> StartLine.start(context, container, false));
    return process::waitFor;
  }

  private int startAll() {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      Supervision.require(
          engine, ExitCodes.FAILURE, "start without -a", "add -a, or leave --embedded out");
      return EachName.sideBySide(
          context,
          containers,
          out,
          name -> {
            Container container = Lookup.container(engine, name);
            if (!container.state().isActive()) { // else it is as it should be
              container.start();
            }
            return name;
          });
    }
  }
}
