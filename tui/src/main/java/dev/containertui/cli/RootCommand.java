package dev.containertui.cli;

import dev.containertui.engine.EngineConfig;
import dev.containertui.tui.Workbench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code container-tui} without a command. */
@Command(
    name = "container-tui",
    description = "Linux containers, each in its own lightweight virtual machine.",
    synopsisHeading = "usage: ",
    customSynopsis = {
      "container-tui                       the full-screen workbench",
      "       container-tui COMMAND [ARGUMENTS]   one command, see below"
    },
    descriptionHeading = "%n",
    optionListHeading = "%noptions:%n",
    commandListHeading = "",
    footer = {
      "",
      "examples:",
      "  container-tui demo                      everything once, without internet",
      "  container-tui run --rm -it alpine sh    a shell in a container",
      "",
      "'container-tui COMMAND --help' explains a command."
    })
final class RootCommand implements Callable<Integer> {
  static final String EMBEDDED = "--embedded";
  static final String VERSION = "--version";

  private final CliContext context;

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "print stack traces of failures")
  private boolean debug;

  @Option(
      names = EMBEDDED,
      scope = ScopeType.INHERIT,
      description = "use an engine in this process: containers end with it")
  private void embedded(boolean on) {
    if (on) {
      context.engines().embed();
    }
  }

  @Option(
      names = {"-V", VERSION},
      description = "print the version")
  private boolean version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "print this help")
  private boolean help;

  RootCommand(CliContext context) {
    this.context = context;
  }

  boolean debug() {
    return debug;
  }

  @Override
  public Integer call() {
    if (version) {
      try (var out = context.io().data()) {
        out.println("container-tui " + Version.NUMBER);
      }
      return ExitCodes.OK;
    }
    if (context.io().inIsTerminal() && context.io().outIsTerminal()) {
      return Workbench.of(
              context.engines()::open,
              new WorkbenchCommands(context),
              EngineConfig.fromEnvironment().directories())
          .run();
    }
    spec.commandLine().usage(context.io().err());
    return ExitCodes.USAGE;
  }
}
