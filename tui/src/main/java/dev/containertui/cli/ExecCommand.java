package dev.containertui.cli;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ProcessSpec;
import dev.containertui.engine.Engine;
import dev.containertui.repl.terminal.DetachKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "exec",
    description = "Run a further command in a running container.",
    footer = {
      "",
      "The exit code is that of the command; 126 if it cannot be executed, 127 if there is none.",
      "",
      "examples:",
      "  container-tui exec -it web sh",
      "  container-tui exec -u postgres db psql -c 'select 1'",
      "  tar c . | container-tui exec -i web tar x -C /srv"
    })
final class ExecCommand implements Callable<Integer> {
  private static final TerminalSize FALLBACK_SIZE = new TerminalSize(80, 24);

  private final CliContext context;
  @Mixin private HelpOption help;

  @Option(
      names = {"-d", "--detach"},
      description = "do not wait for it, and do not print what it writes")
  private boolean detach;

  @Option(
      names = {"-i", "--interactive"},
      description = "pass standard input on")
  private boolean interactive;

  @Option(
      names = {"-t", "--tty"},
      description = "give the command a terminal")
  private boolean tty;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "K=V|K",
      description = "set a variable; K alone takes it over from here")
  private List<String> environment = List.of();

  @Option(names = "--env-file", paramLabel = "FILE", description = "set the variables of a file")
  private List<Path> environmentFiles = List.of();

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER[:GROUP]",
      description = "user and group, by name or number (default: the container's)")
  private String user;

  @Option(
      names = {"-w", "--workdir"},
      paramLabel = "DIR",
      description = "working directory (default: the container's)")
  private String workingDirectory;

  @Option(
      names = "--detach-keys",
      paramLabel = "KEYS",
      defaultValue = DetachKeys.DEFAULT,
      description = "keys that let go of the command on a terminal (default: ctrl-p,ctrl-q)")
  private String detachKeys;

  @Parameters(index = "0", paramLabel = "CONTAINER", description = "name, id or prefix of an id")
  private String name;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "command and arguments")
  private List<String> command;

  ExecCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (tty && interactive && !detach && !context.io().inIsTerminal()) {
      throw new CommandFailure(
          ExitCodes.FAILURE,
          "-i -t need a terminal, and standard input is none",
          "leave -t out to pass a file or pipe on");
    }
    DetachKeys keys = DetachKeys.parse(detachKeys);
    ProcessSpec spec =
        new ProcessSpec(
            command,
            new EnvironmentVariables(context.environment(), ExitCodes.FAILURE)
                .collect(environmentFiles, environment),
            Optional.ofNullable(workingDirectory),
            Optional.ofNullable(user),
            tty ? LocalTerminal.size().or(() -> Optional.of(FALLBACK_SIZE)) : Optional.empty(),
            interactive && !detach);
    try (Engine engine = context.engines().open()) {
      Container container = Lookup.container(engine, name);
      ContainerProcess process = Cancellable.call(context, () -> container.exec(spec));
      if (detach) {
        Peer.of(process).close(); // nobody waits for its output
        return ExitCodes.OK;
      }
      return ExecSession.run(
          context, process, new Session.Streams(interactive, true, true, tty, Optional.of(keys)));
    }
  }
}
