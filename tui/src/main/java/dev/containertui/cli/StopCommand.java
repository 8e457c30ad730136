package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.LinuxSignal;
import dev.containertui.engine.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "stop",
    description = "Stop running containers: a signal, and after some time SIGKILL.",
    footer = {
      "",
      "examples:",
      "  container-tui stop web",
      "  container-tui stop -t 30 web db",
      "  container-tui stop $(container-tui ps -q)"
    })
final class StopCommand extends ContainersCommand {
  @Mixin private StopOptions options;

  StopCommand(CliContext context) {
    super(context);
  }

  @Override
  void check(Engine engine) {
    options.signal().ifPresent(LinuxSignal::number);
  }

  @Override
  String act(Container container, String name) {
    options.stop(container);
    return name;
  }
}
