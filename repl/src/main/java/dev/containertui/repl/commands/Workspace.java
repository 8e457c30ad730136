package dev.containertui.repl.commands;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jline.terminal.Terminal;

/**
 * What the words of {@link Commands} act on: one engine and one place to print. While it is open,
 * the snippets of this process belong to it; there can be one at a time.
 */
public final class Workspace implements AutoCloseable {
  private static final AtomicReference<Workspace> OPEN = new AtomicReference<>();

  /** Bytes of a container's output that are kept, per stream. */
  private static final int LOG_BYTES = 1 << 20;

  private final Engine engine;
  private final PrintStream out;
  private final Function<Object, String> renderer;
  private final Progress progress;
  private final Optional<Terminal> terminal;
  private final List<String> arguments;
  private final Map<String, OutputLog> logs = new ConcurrentHashMap<>();

  /**
   * @param renderer makes values readable, for {@code print(...)}
   * @param terminal for {@code shell()}; empty if there is none
   * @param arguments of the script
   */
  public Workspace(
      Engine engine,
      PrintStream out,
      Function<Object, String> renderer,
      Progress progress,
      Optional<Terminal> terminal,
      List<String> arguments) {
    this.engine = engine;
    this.out = out;
    this.renderer = renderer;
    this.progress = progress;
    this.terminal = terminal;
    this.arguments = List.copyOf(arguments);
    if (!OPEN.compareAndSet(null, this)) {
      throw new EngineException(
          Kind.CONFLICT, "a console is open already", "a process has one console at a time");
    }
  }

  static Workspace current() {
    Workspace open = OPEN.get();
    if (open == null) {
      throw new EngineException(Kind.CONFLICT, "the console has been closed");
    }
    return open;
  }

  @Override
  public void close() {
    OPEN.compareAndSet(this, null);
  }

  public Engine engine() {
    return engine;
  }

  PrintStream out() {
    return out;
  }

  Function<Object, String> renderer() {
    return renderer;
  }

  Progress progress() {
    return progress;
  }

  List<String> arguments() {
    return arguments;
  }

  ContainerHandle start(ContainerSpec spec) {
    if (engine.images().find(spec.image()).isEmpty()) {
      Commands.pull(spec.image(), spec.platform());
    }
    Container container = engine.containers().create(spec);
    ContainerProcess process;
    try {
      process = container.start();
    } catch (RuntimeException e) {
      removeQuietly(container, e);
      throw e;
    }
    // A --rm container is forgotten by the engine at its end; its output is not.
    logs.put(container.id(), new OutputLog(process, LOG_BYTES));
    return new ContainerHandle(container, this);
  }

  /** Nobody has a name for a container that did not start: it must not stay behind. */
  private static void removeQuietly(Container container, RuntimeException why) {
    boolean interrupted = Thread.interrupted();
    try {
      container.remove(true);
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  Optional<OutputLog> log(String containerId) {
    return Optional.ofNullable(logs.get(containerId));
  }

  void forget(String containerId) {
    logs.remove(containerId);
  }

  ContainerHandle handle(Container container) {
    return new ContainerHandle(container, this);
  }

  void handOver(Function<TerminalSize, ContainerProcess> start) {
    Terminal present =
        terminal.orElseThrow(
            () ->
                new EngineException(
                    Kind.INVALID,
                    "shell() needs a terminal",
                    "in a script use exec(\"sh\", \"-c\", \"…\")"));
    int exitCode = new TerminalHandOver(present).run(start);
    if (exitCode != 0) {
      out.println("exit code " + exitCode);
    }
  }
}
