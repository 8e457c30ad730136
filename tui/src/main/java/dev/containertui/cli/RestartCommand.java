package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.LinuxSignal;
import dev.containertui.engine.Engine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "restart",
    description = "Stop containers that run, and start them again.",
    footer = {"", "example: container-tui restart -t 3 web"})
final class RestartCommand extends ContainersCommand {
  @Mixin private StopOptions options;

  RestartCommand(CliContext context) {
    super(context);
  }

  @Override
  void check(Engine engine) {
    Supervision.require(
        engine, ExitCodes.FAILURE, "restart", "leave --embedded out, or use start -a");
    options.signal().ifPresent(LinuxSignal::number);
  }

  @Override
  String act(Container container, String name) {
    if (options.signal().isPresent()) {
      options.stop(container);
    }
    container.restart(options.grace());
    return name;
  }
}
