package dev.containertui.cli;

import dev.containertui.container.Container;
import picocli.CommandLine.Command;

@Command(
    name = "unpause",
    description = "Let the processes of paused containers go on.",
    footer = {"", "example: container-tui unpause web"})
final class UnpauseCommand extends ContainersCommand {
  UnpauseCommand(CliContext context) {
    super(context);
  }

  @Override
  String act(Container container, String name) {
    container.unpause();
    return name;
  }
}
