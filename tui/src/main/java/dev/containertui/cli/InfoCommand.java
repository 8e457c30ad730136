package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineInfo;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "info",
    description = "Describe the engine, and what it has to do.",
    footer = {
      "",
      "examples:",
      "  container-tui info",
      "  container-tui info --format '{{.ContainersRunning}}'"
    })
final class InfoCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;
  @Mixin private OutputFormat format;

  InfoCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      EngineInfo info = engine.info();
      if (format.json()) {
        out.println(Json.write(fields(info)));
      } else {
        format.print(out, List.of(info), InfoCommand::fields, () -> print(out, info));
      }
      return ExitCodes.OK;
    }
  }

  private static void print(PrintStream out, EngineInfo info) {
    fields(info)
        .forEach(
            (name, value) -> {
              Object shown = name.equals("MemTotal") ? Units.binarySize(info.memoryBytes()) : value;
              out.printf("%-18s %s%n", name + ":", OneLine.of(String.valueOf(shown)));
            });
  }

  private static Map<String, ?> fields(EngineInfo info) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ID", info.id());
    fields.put("ServerVersion", info.version());
    fields.put("Pid", info.pid());
    fields.put("StartedAt", info.startedAt().toString());
    fields.put("Containers", info.containers());
    fields.put("ContainersRunning", info.running());
    fields.put("ContainersPaused", info.paused());
    fields.put("ContainersStopped", info.containers() - info.running() - info.paused());
    fields.put("Images", info.images());
    fields.put("DataRoot", info.data().toString());
    fields.put("NCPU", info.cpus());
    fields.put("MemTotal", info.memoryBytes());
    fields.put("KernelVersion", info.kernelRelease());
    fields.put("OperatingSystem", info.operatingSystem());
    fields.put("Hypervisor", (info.hypervisor() + " " + info.hypervisorVersion()).strip());
    fields.put("Accelerator", info.accelerator().isEmpty() ? "none" : info.accelerator());
    return fields;
  }
}
