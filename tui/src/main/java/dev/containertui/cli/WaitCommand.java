package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.WaitCondition;
import dev.containertui.error.EngineException;
import picocli.CommandLine.Command;

@Command(
    name = "wait",
    description = "Wait until containers have ended, and print their exit codes.",
    footer = {"", "example: container-tui wait job"})
final class WaitCommand extends ContainersCommand {
  WaitCommand(CliContext context) {
    super(context);
  }

  @Override
  String act(Container container, String name) {
    try {
      return Integer.toString(container.await(WaitCondition.NOT_RUNNING));
    } catch (InterruptedException e) {
      throw new EngineException(EngineException.Kind.CANCELLED, "cancelled", e);
    }
  }
}
