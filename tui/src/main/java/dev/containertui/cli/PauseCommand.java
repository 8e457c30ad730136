package dev.containertui.cli;

import dev.containertui.container.Container;
import picocli.CommandLine.Command;

@Command(
    name = "pause",
    description = "Let all processes of containers stand still.",
    footer = {"", "example: container-tui pause web"})
final class PauseCommand extends ContainersCommand {
  PauseCommand(CliContext context) {
    super(context);
  }

  @Override
  String act(Container container, String name) {
    container.pause();
    return name;
  }
}
