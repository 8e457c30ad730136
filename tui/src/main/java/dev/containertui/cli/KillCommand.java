package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.LinuxSignal;
import dev.containertui.engine.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "kill",
    description = "Send a signal to the main processes of running containers.",
    footer = {
      "",
      "examples:",
      "  container-tui kill web",
      "  container-tui kill -s HUP web",
    })
final class KillCommand extends ContainersCommand {
  @Option(
      names = {"-s", "--signal"},
      paramLabel = "SIGNAL",
      defaultValue = "KILL",
      description = "name or number (default: KILL)")
  private String signal;

  KillCommand(CliContext context) {
    super(context);
  }

  @Override
  void check(Engine engine) {
    LinuxSignal.number(signal);
  }

  @Override
  String act(Container container, String name) {
    container.kill(LinuxSignal.number(signal));
    return name;
  }
}
