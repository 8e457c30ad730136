package dev.containertui.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "version",
    description = "Print the versions of the program and of what it runs on.",
    footer = {"", "example: container-tui version --format json"})
final class VersionCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;
  @Mixin private OutputFormat format;

  VersionCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Version", Version.NUMBER);
    facts.put(
        "Java", System.getProperty("java.vm.version") + " " + System.getProperty("java.vendor"));
    facts.put("OS", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("Arch", System.getProperty("os.arch"));
    try (var out = context.io().data()) {
      if (format.json()) {
        out.println(Json.write(facts));
      } else {
        out.println("container-tui " + Version.NUMBER);
        facts.forEach(
            (name, value) -> {
              if (!name.equals("Version")) {
                out.printf("  %-8s %s%n", name + ":", value);
              }
            });
      }
    }
    return ExitCodes.OK;
  }
}
