package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.ResourceUpdate;
import dev.containertui.container.RestartPolicy;
import dev.containertui.engine.Engine;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "update",
    description = "Change limits and restart policy of containers, at once if they run.",
    footer = {
      "",
      "examples:",
      "  container-tui update --restart unless-stopped web",
      "  container-tui update -m 256m --cpus 1 web"
    })
final class UpdateCommand extends ContainersCommand {
  @Option(
      names = "--cpus",
      paramLabel = "N",
      converter = MachineOptions.Cpus.class,
      description = "number of CPUs; at most the machine's while it runs")
  private Double cpus;

  @Option(
      names = {"-m", "--memory"},
      paramLabel = "SIZE",
      converter = MachineOptions.Memory.class,
      description = "the most memory; at most the machine's while it runs")
  private Long memoryBytes;

  @Option(
      names = "--restart",
      paramLabel = "POLICY",
      description = "no, on-failure[:N], always or unless-stopped")
  private String restart;

  UpdateCommand(CliContext context) {
    super(context);
  }

  @Override
  void check(Engine engine) {
    if (cpus == null && memoryBytes == null && restart == null) {
      throw new CommandFailure(
          ExitCodes.FAILURE, "you must provide one or more options", "see --help for them");
    }
    update();
  }

  private ResourceUpdate update() {
    return new ResourceUpdate(
        cpus == null ? OptionalDouble.empty() : OptionalDouble.of(cpus),
        memoryBytes == null ? OptionalLong.empty() : OptionalLong.of(memoryBytes),
        Optional.ofNullable(restart).map(RestartPolicy::parse));
  }

  @Override
  String act(Container container, String name) {
    container.update(update());
    return name;
  }
}
