package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.container.WaitCondition;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "attach",
    description = "Join this terminal to the main process of a running container.",
    footer = {
      "",
      "The exit code is that of the process; 0 if it was let go of with the detach keys.",
      "",
      "example: container-tui attach --detach-keys ctrl-x shell"
    })
final class AttachCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(names = "--no-stdin", description = "do not pass standard input on")
  private boolean noStdin;

  @Mixin private AttachOptions attachOptions;

  @Parameters(paramLabel = "CONTAINER", description = "name, id or prefix of an id")
  private String name;

  AttachCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open()) {
      Container container = Lookup.container(engine, name);
      switch (container.state()) {
        case ContainerState.Running _, ContainerState.Starting _, ContainerState.Stopping _ -> {}
        case ContainerState.Paused _ ->
            throw new EngineException(
                Kind.CONFLICT,
                "you cannot attach to a paused container",
                "container-tui unpause " + name);
        case ContainerState.Restarting _ ->
            throw new EngineException(
                Kind.CONFLICT, "you cannot attach to a restarting container", "wait until it runs");
        default ->
            throw new EngineException(
                Kind.CONFLICT,
                "you cannot attach to a stopped container",
                "container-tui start -a " + name + " starts it and attaches");
      }
      ContainerSpec spec = container.spec();
      return new Attach(context, engine, container, ExitCodes.FAILURE)
          .run(
              new Session.Streams(
                  !noStdin && spec.openStdin(),
                  true,
                  true,
                  spec.terminal().isPresent(),
                  Optional.of(attachOptions.detachKeys())),
              attachOptions.signalProxy(),
              () -> () -> container.await(WaitCondition.NOT_RUNNING));
    }
  }
}
