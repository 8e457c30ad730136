package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.kernel.InstalledKernel;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "kernel",
    description = "The kernels that containers boot.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "examples:", "  container-tui kernel install", "  container-tui kernel list"})
final class KernelCommand implements Callable<Integer> {
  private final CliContext context;
  @Spec private CommandSpec spec;
  @Mixin private HelpOption help;

  KernelCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "which of list and install?");
  }

  @Command(
      name = "list",
      aliases = "ls",
      description = "List the installed kernels, the default one first.")
  int list(
      @Mixin HelpOption listHelp,
      @Mixin OutputFormat format,
      @Option(
              names = {"-q", "--quiet"},
              description = "print only names")
          boolean quiet) {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      List<InstalledKernel> kernels = engine.kernels().list();
      if (quiet) {
        kernels.forEach(k -> out.println(k.name()));
        return ExitCodes.OK;
      }
      Table table = new Table("NAME", "RELEASE", "SOURCE");
      kernels.forEach(k -> table.row(k.name(), k.release(), k.source()));
      format.print(out, kernels, KernelCommand::json, () -> table.print(out));
      return ExitCodes.OK;
    }
  }

  @Command(
      name = "install",
      description =
          "Fetch the distribution's kernel with its package manager and make it the default.")
  int install(
      @Mixin HelpOption installHelp,
      @Option(
              names = {"-q", "--quiet"},
              description = "no progress")
          boolean quiet) {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      InstalledKernel kernel =
          Cancellable.call(context, () -> KernelProgress.install(context, engine, quiet));
      out.println(kernel.name());
      return ExitCodes.OK;
    }
  }

  private static Map<String, ?> json(InstalledKernel kernel) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Name", kernel.name());
    json.put("Release", kernel.release());
    json.put("Image", kernel.image().toString());
    json.put("Modules", kernel.modules().toString());
    json.put("Source", kernel.source());
    return json;
  }
}
