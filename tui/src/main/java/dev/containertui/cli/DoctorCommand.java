package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.engine.Engine.Finding;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;

@Command(
    name = "doctor",
    description = "Examine this host: what is there, what is missing, and what to do about it.",
    footer = {"", "The exit code is 1 if something keeps containers from running."})
final class DoctorCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private HelpOption help;
  @Mixin private OutputFormat format;

  DoctorCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      List<Finding> findings = engine.diagnose();
      format.print(out, findings, DoctorCommand::json, () -> report(out, findings));
      boolean problem = findings.stream().anyMatch(f -> f.level() == Finding.Level.PROBLEM);
      return problem ? ExitCodes.FAILURE : ExitCodes.OK;
    }
  }

  private void report(PrintStream out, List<Finding> findings) {
    int width = findings.stream().mapToInt(f -> f.subject().length()).max().orElse(0);
    for (Finding finding : findings) {
      out.printf(
          "%s  %-" + Math.max(1, width) + "s  %s%n",
          mark(finding.level()),
          OneLine.of(finding.subject()),
          OneLine.of(finding.detail()));
      if (!finding.hint().isEmpty()) {
        out.println(" ".repeat(width + 10) + "→ " + OneLine.of(finding.hint()));
      }
    }
  }

  /** Told by word first: colour only underlines it. */
  private String mark(Finding.Level level) {
    Ansi ansi = context.fancyOut() ? Ansi.ON : Ansi.OFF;
    return switch (level) {
      case OK -> ansi.string("@|green ok     |@");
      case NOTE -> ansi.string("@|yellow note   |@");
      case PROBLEM -> ansi.string("@|bold,red PROBLEM|@");
    };
  }

  private static Map<String, ?> json(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Level", finding.level().name().toLowerCase(java.util.Locale.ROOT));
    json.put("Subject", finding.subject());
    json.put("Detail", finding.detail());
    json.put("Hint", finding.hint());
    return json;
  }
}
