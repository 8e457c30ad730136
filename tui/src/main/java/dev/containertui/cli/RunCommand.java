package dev.containertui.cli;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.ContainerState;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
      "  container-tui run --rm --kernel lean-6.1.192-1a2b3c4d alpine uname -r",
      "  tar c . | container-tui run --rm -i -m 256m debian tar tv"
    })
final class RunCommand implements Callable<Integer> {
  enum Pull {
    missing,
    always,
    never
  }

  private static final TerminalSize FALLBACK_SIZE = new TerminalSize(80, 24);

  private final CliContext context;

  @Mixin private RunOptions options;

  @Option(
      names = "--pull",
      paramLabel = "missing|always|never",
      defaultValue = "missing",
      description = "when to fetch the image (default: if it is missing)")
  private Pull pull;

  @Option(
      names = {"-q", "--quiet"},
      description = "no progress while fetching")
  private boolean quiet;

  @Option(
      names = {"-d", "--detach"},
      description = "not available: containers end with this program")
  private boolean detach;

  @Option(names = "--help", usageHelp = true, description = "print this help")
  private boolean help;

  @Parameters(
      index = "0",
      paramLabel = "IMAGE",
      description = "[REGISTRY/]NAME[:TAG|@DIGEST] or an image id")
  private String image;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "command and arguments (default: the image's)")
  private List<String> arguments = List.of();

  RunCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (detach) {
      throw new CommandFailure(
          ExitCodes.RUN_FAILED,
          "-d is not available: a container ends with the program that started it",
          "leave -d out, and put the whole command into the background of your shell");
    }
    if (options.tty() && options.interactive() && !context.io().inIsTerminal()) {
      throw new CommandFailure(
          ExitCodes.RUN_FAILED,
          "-i -t need a terminal, and standard input is none",
          "leave -t out to pass a file or pipe on");
    }
    Optional<TerminalSize> terminal =
        options.tty()
            ? LocalTerminal.size().or(() -> Optional.of(FALLBACK_SIZE))
            : Optional.empty();
    ContainerSpec.Builder builder =
        options.toSpec(image, arguments, context.environment(), terminal);
    try (Engine engine = context.engines().open()) {
      options.machine().kernel(engine, ExitCodes.RUN_FAILED).ifPresent(builder::kernel);
      ContainerSpec spec = builder.build();
      Container container =
          Cancellable.call(
              context,
              () -> {
                requireKernel(engine);
                fetchImage(engine);
                return engine.containers().create(spec);
              });
      ContainerProcess process = start(container, spec);
      int exitCode =
          new Attachment(context, container, process).run(options.interactive(), options.tty());
      requireEnded(container);
      return exitCode;
    }
  }

  private void fetchImage(Engine engine) {
    boolean there =
        engine
            .images()
            .find(image)
            .filter(found -> options.platform().map(found.platform()::equals).orElse(true))
            .isPresent();
    if (pull == Pull.always || pull == Pull.missing && !there) {
      PullCommand.pull(context, engine, image, options.platform(), quiet);
    } else if (!there) {
      throw new CommandFailure(
          ExitCodes.RUN_FAILED,
          "image " + image + " is not in the store, and --pull never forbids fetching it",
          "container-tui pull " + image);
    }
  }

  /** Says so before megabytes are fetched for a container that cannot boot. */
  private void requireKernel(Engine engine) {
    if (!options.machine().ownKernel() && engine.kernels().defaultKernel().isEmpty()) {
      throw new CommandFailure(
          ExitCodes.RUN_FAILED,
          "no kernel is installed for the containers' machines",
          "container-tui kernel install");
    }
  }

  private ContainerProcess start(Container container, ContainerSpec spec) {
    try {
      return Cancellable.call(context, () -> startShowingSo(container));
    } catch (EngineException | CommandFailure e) {
      if (spec.removeOnExit()) {
        removeQuietly(container);
      }
      throw e;
    }
  }

  /** On a terminal a line says why nothing happens yet; it is gone before the first output. */
  private ContainerProcess startShowingSo(Container container) {
    if (quiet || !context.fancyErr()) {
      return container.start();
    }
    LiveBlock block = new LiveBlock(context.io().err(), LocalTerminal.columns(context));
    block.draw(List.of("starting the machine of " + container.name()));
    try {
      return container.start();
    } finally {
      block.erase();
    }
  }

  private static void removeQuietly(Container container) {
    try {
      container.remove(true);
    } catch (EngineException e) {
      // the engine has removed it already; the failure of the start is what counts
    }
  }

  /** Waits until disks are synced and the machine is gone. */
  private static void requireEnded(Container container) {
    try {
      if (container.awaitEnd() instanceof ContainerState.Failed failed) {
        throw new CommandFailure(
            ExitCodes.RUN_FAILED,
            "container " + container.name() + " failed: " + failed.reason(),
            "");
      }
    } catch (InterruptedException e) {
      throw new EngineException(EngineException.Kind.CANCELLED, "cancelled", e);
    }
  }
}
