package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    description = "Run a command in a new container, in a virtual machine of its own.",
    sortOptions = false,
    footer = {
      "",
      "The exit code is that of the command; 125 if the container could not be started, 126 if the",
      "command cannot be executed, 127 if there is no such command, 130 if you cancelled it.",
      "",
      "examples:",
      "  container-tui run --rm -it alpine sh",
      "  container-tui run --rm alpine cat /etc/os-release",
      "  container-tui run -d --name web --restart unless-stopped nginx",
      "  container-tui run --rm --kernel lean-6.1.192-1a2b3c4d alpine uname -r",
      "  tar c . | container-tui run --rm -i -m 256m debian tar tv"
    })
final class RunCommand implements Callable<Integer> {
  private static final Set<String> STREAMS = Set.of("stdin", "stdout", "stderr");

  private final CliContext context;
  @Spec private CommandSpec spec;

  @Option(
      names = {"-d", "--detach"},
      description = "leave the container in the background, and print its id")
  private boolean detach;

  @Option(
      names = {"-a", "--attach"},
      paramLabel = "stdin|stdout|stderr",
      description = "pass only these on (default: all; stdin with -i)")
  private List<String> attach = List.of();

  @Mixin private AttachOptions attachOptions;
  @Mixin private CreateOptions create;

  RunCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Session.Streams streams = streams();
    ContainerSpec.Builder builder =
        create.specification(context).stdinOnce(streams.in() && !detach);
    try (Engine engine = context.engines().open()) {
      if (detach) {
        Supervision.require(
            engine,
            ExitCodes.RUN_FAILED,
            "-d",
            "leave --embedded out; or leave -d out, and put the whole command into the background"
                + " of your shell");
      }
      create.options().machine().kernel(engine, ExitCodes.RUN_FAILED).ifPresent(builder::kernel);
      Container container =
          Cancellable.call(
              context,
              () -> {
                requireKernel(engine);
                return create.create(context, engine, builder.build());
              });
      if (detach) {
        start(container);
        return printId(container);
      }
      if (!streams.out() && !streams.err()) {
        printId(container);
      }
      return new Attach(context, engine, container, ExitCodes.RUN_FAILED)
          .run(streams, attachOptions.signalProxy(), () -> start(container)::waitFor);
    }
  }

  private int printId(Container container) {
    try (PrintStream out = context.io().data()) {
      out.println(container.id());
    }
    return ExitCodes.OK;
  }

  private Session.Streams streams() {
    RunOptions options = create.options();
    List<String> wanted = attach.stream().map(s -> s.toLowerCase(java.util.Locale.ROOT)).toList();
    require(STREAMS.containsAll(wanted), "valid streams are stdin, stdout and stderr");
    require(!detach || wanted.isEmpty(), "conflicting options: -a and -d");
    if (!detach && options.tty() && options.interactive() && !context.io().inIsTerminal()) {
      throw new CommandFailure(
          ExitCodes.RUN_FAILED,
          "-i -t need a terminal, and standard input is none",
          "leave -t out to pass a file or pipe on");
    }
    boolean all = wanted.isEmpty();
    return new Session.Streams(
        options.interactive() && (all || wanted.contains("stdin")),
        all || wanted.contains("stdout"),
        all || wanted.contains("stderr"),
        options.tty(),
        Optional.of(attachOptions.detachKeys()));
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  /** Says so before megabytes are fetched for a container that cannot boot. */
  private void requireKernel(Engine engine) {
    if (!create.options().machine().ownKernel() && engine.kernels().defaultKernel().isEmpty()) {
      throw new CommandFailure(
          ExitCodes.RUN_FAILED,
          "no kernel is installed for the containers' machines",
          "container-tui kernel install");
    }
  }

  private ContainerProcess start(Container container) {
    try {
      return Cancellable.call(context, () -> StartLine.start(context, container, create.quiet()));
    } catch (EngineException | CommandFailure e) {
      if (create.options().remove()) {
        removeQuietly(container);
      }
      throw e;
    }
  }

  private static void removeQuietly(Container container) {
    try {
      container.remove(true);
    } catch (EngineException e) {
      // the engine has removed it already; the failure of the start is what counts
    }
  }
}
