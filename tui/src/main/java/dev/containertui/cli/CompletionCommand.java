package dev.containertui.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "completion",
    description = "Print a script that teaches a shell to complete this program's commands.",
    footer = {
      "",
      "examples:",
      "  bash:  source <(container-tui completion bash)",
      "  zsh:   source <(container-tui completion zsh)",
      "  fish:  container-tui completion fish | source"
    })
final class CompletionCommand implements Callable<Integer> {
  enum Shell {
    bash,
    zsh,
    fish
  }

  private final CliContext context;
  @Mixin private HelpOption help;

  @Parameters(paramLabel = "bash|zsh|fish", description = "the shell")
  private Shell shell;

  CompletionCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    CommandLine all = new Cli(context).commandLine();
    try (PrintStream out = context.io().data()) {
      out.print(
          switch (shell) {
            case bash -> bash(all);
            case zsh -> ZshCompletion.of(all);
            case fish -> fish(all);
          });
    }
    return ExitCodes.OK;
  }

  static String bash(CommandLine all) {
    return AutoComplete.bash(all.getCommandName(), all) + NameCompletion.bash(all);
  }

  static String fish(CommandLine all) {
    return FishCompletion.of(all) + NameCompletion.fish(all);
  }
}
