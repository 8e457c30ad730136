package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerState;
import dev.containertui.engine.Engine;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "ps",
    description = "List containers.",
    footer = {
      "",
      "Containers end with the program that started them; -a lists those that have ended.",
      "example: container-tui ps -a"
    })
final class PsCommand implements Callable<Integer> {
  private static final int COMMAND_WIDTH = 20;

  private final CliContext context;
  @Mixin private HelpOption help;
  @Mixin private OutputFormat format;

  @Option(
      names = {"-a", "--all"},
      description = "also list containers that do not run")
  private boolean all;

  @Option(
      names = {"-q", "--quiet"},
      description = "print only container ids")
  private boolean quiet;

  @Option(names = "--no-trunc", description = "print ids and commands in full length")
  private boolean full;

  PsCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      List<Container> containers = engine.containers().list(all);
      if (quiet) {
        containers.forEach(c -> out.println(id(c)));
        return ExitCodes.OK;
      }
      format.print(out, containers, this::json, () -> table(containers).print(out));
      return ExitCodes.OK;
    }
  }

  private Table table(List<Container> containers) {
    Table table = new Table("CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "NAMES");
    for (Container c : containers) {
      table.row(id(c), c.spec().image(), command(c), age(c) + " ago", status(c), c.name());
    }
    return table;
  }

  private Map<String, ?> json(Container c) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ID", id(c));
    json.put("Image", c.spec().image());
    json.put("Command", command(c));
    json.put("CreatedAt", c.createdAt().toString());
    json.put("RunningFor", age(c) + " ago");
    json.put("State", c.state().word());
    json.put("Status", status(c));
    json.put("Names", c.name());
    json.put("Labels", c.spec().labels());
    return json;
  }

  private String id(Container c) {
    return full ? c.id() : c.shortId();
  }

  private String age(Container c) {
    return Units.age(c.createdAt(), context.clock().instant());
  }

  private String command(Container c) {
    String command = String.join(" ", c.command());
    return full || command.length() <= COMMAND_WIDTH
        ? command
        : command.substring(0, COMMAND_WIDTH - 1) + "…";
  }

  private String status(Container c) {
    ContainerState state = c.state();
    String age = Units.age(state.at(), context.clock().instant());
    return switch (state) {
      case ContainerState.Created _ -> "Created";
      case ContainerState.Starting _ -> "Starting";
      case ContainerState.Running _ -> "Up " + age;
      case ContainerState.Paused _ -> "Up " + age + " (Paused)";
      case ContainerState.Stopping _ -> "Stopping";
      case ContainerState.Restarting restarting ->
          "Restarting (" + restarting.exitCode() + ") " + age + " ago";
      case ContainerState.Exited exited -> "Exited (" + exited.exitCode() + ") " + age + " ago";
      case ContainerState.Failed failed -> "Failed (" + failed.reason() + ") " + age + " ago";
    };
  }
}
