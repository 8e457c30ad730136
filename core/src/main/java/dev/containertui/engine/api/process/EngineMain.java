package dev.containertui.engine.api.process;

import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.StateDirectories;
import dev.containertui.error.EngineException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The engine's process, started by {@link EngineLaunch}: {@code EngineMain DATA RUNTIME CONFIG
 * CACHE}. What it has to say goes to standard error.
 */
public final class EngineMain {
  private static final int OPEN_SECONDS = 30;

  private EngineMain() {}

  public static void main(String[] arguments) {
    int exitCode;
    try {
      EngineConfig config = EngineConfig.in(directories(List.of(arguments)));
      exitCode = run(config, Optional.empty(), Optional.of(config.engineIdle()));
    } catch (EngineException e) {
      say(e.getMessage() + (e.hint().isEmpty() ? "" : " (" + e.hint() + ")"));
      exitCode = 1;
    }
    Runtime.getRuntime().halt(exitCode);
  }

  static List<String> arguments(StateDirectories directories) {
    return List.of(
        directories.data().toString(),
        directories.runtime().toString(),
        directories.config().toString(),
        directories.cache().toString());
  }

  private static StateDirectories directories(List<String> arguments) {
    return new StateDirectories(
        Path.of(arguments.get(0)),
        Path.of(arguments.get(1)),
        Path.of(arguments.get(2)),
        Path.of(arguments.get(3)));
  }

  /**
   * Is the engine until a signal ends this process, or until it is idle.
   *
   * @param idle how long it waits for work; empty: for ever
   * @return the process's exit code
   * @throws EngineException CONFLICT if there is an engine already
   */
  public static int run(
      EngineConfig config, Optional<ServerSocketChannel> listener, Optional<Duration> idle) {
    CompletableFuture<EngineProcess> opening = new CompletableFuture<>();
    Thread hook = new Thread(() -> end(opening), "engine-end");
    Runtime.getRuntime().addShutdownHook(hook);
    EngineProcess process;
    try {
      process = EngineProcess.open(config, listener);
      say("ready, process " + ProcessHandle.current().pid());
      opening.complete(process);
    } catch (RuntimeException e) {
      opening.completeExceptionally(e);
      unregister(hook);
      throw e;
    }
    try {
      if (idle.isPresent()) {
        process.awaitIdle(idle.get());
      } else {
        Thread.currentThread().join();
      }
    } catch (InterruptedException e) {
      // Ended by who called this.
    }
    // Said before: an inherited socket that is closed takes standard error with it.
    say("ends, with nothing to do");
    process.close();
    unregister(hook);
    return 0;
  }

  private static void unregister(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // A signal has come meanwhile: the hook finds everything closed.
    }
  }

  /** A signal may come while it is only opening: then it is closed when it is open. */
  private static void end(CompletableFuture<EngineProcess> opening) {
    int exitCode = 1;
    try {
      EngineProcess process = opening.get(OPEN_SECONDS, TimeUnit.SECONDS);
      say("ends, told by a signal; containers run on");
      process.close();
      // Being told to end is no failure, as the JVM would report it.
      exitCode = 0;
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      say("ends, told by a signal before it was ready");
    }
    Runtime.getRuntime().halt(exitCode);
  }

  private static void say(String text) {
    System.err.println(Instant.now() + " engine: " + text);
  }
}
