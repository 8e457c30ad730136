package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.kernel.InstalledKernel;
import dev.containertui.kernel.Mitigations;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "kernel",
    description = "The kernels that containers boot.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "examples:",
      "  container-tui kernel install",
      "  container-tui kernel build --default",
      "  container-tui kernel default debian-6.1.0-56-cloud-amd64",
      "  container-tui kernel list"
    })
final class KernelCommand extends ParentCommand {
  enum Choice {
    on(Mitigations.ON),
    off(Mitigations.OFF),
    auto(Mitigations.AUTO);

    private final Mitigations value;

    Choice(Mitigations value) {
      this.value = value;
    }
  }

  private final CliContext context;

  KernelCommand(CliContext context) {
    super("list, install, build and default");
    this.context = context;
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

  @Command(
      name = "build",
      description =
          "Build a lean kernel, which boots in half the time, from the distribution's source package.",
      footer = {
        "",
        "The source is fetched with the package manager; compiling takes minutes. A kernel that has been",
        "built already, of the same source with the same compiler, is not built again.",
        "",
        "examples:",
        "  scripts/setup --kernel --yes",
        "  container-tui kernel build --default",
        "  container-tui run --rm --kernel \"$(container-tui kernel build -q)\" alpine uname -r"
      })
  int build(
      @Mixin HelpOption buildHelp,
      @Option(
              names = "--mitigations",
              paramLabel = "on|off|auto",
              defaultValue = "auto",
              description =
                  "defences against the CPU's flaws; auto: on with kvm, off where machines are emulated")
          Choice mitigations,
      @Option(names = "--default", description = "containers boot it from now on")
          boolean makeDefault,
      @Option(
              names = {"-q", "--quiet"},
              description = "no progress")
          boolean quiet) {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      InstalledKernel kernel =
          Cancellable.call(
              context, () -> KernelProgress.build(context, engine, mitigations.value, quiet));
      if (makeDefault) {
        engine.kernels().makeDefault(kernel.name());
      }
      out.println(kernel.name());
      return ExitCodes.OK;
    }
  }

  @Command(
      name = "default",
      description = "Choose the kernel that containers boot, or print its name.",
      footer = {
        "",
        "examples:",
        "  container-tui kernel default",
        "  container-tui kernel default debian-6.1.0-56-cloud-amd64"
      })
  int chooseDefault(
      @Mixin HelpOption defaultHelp,
      @Parameters(arity = "0..1", paramLabel = "NAME", description = "an installed kernel")
          String name) {
    try (Engine engine = context.engines().open();
        PrintStream out = context.io().data()) {
      InstalledKernel kernel =
          name != null
              ? engine.kernels().makeDefault(name)
              : engine
                  .kernels()
                  .defaultKernel()
                  .orElseThrow(
                      () ->
                          new CommandFailure(
                              ExitCodes.FAILURE,
                              "no kernel is installed",
                              "container-tui kernel install"));
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
    json.put("Acpi", kernel.acpi());
    return json;
  }
}
