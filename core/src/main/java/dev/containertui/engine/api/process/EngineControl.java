package dev.containertui.engine.api.process;

import dev.containertui.engine.EngineConfig;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.HostProcesses;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tells whether the engine of a state directory runs, and ends it. */
public final class EngineControl {
  /** An engine that has not let go of everything by then has hung; killing it loses nothing. */
  private static final Duration ORDERLY_END = Duration.ofSeconds(30);

  private final EngineFiles files;

  public EngineControl(EngineConfig config) {
    this.files = new EngineFiles(config.directories());
  }

  public EngineFiles files() {
    return files;
  }

  /** The engine's process, whether it answers or not. */
  public Optional<ProcessHandle> process() {
    return files.process();
  }

  /** Whether somebody listens at the engine's socket: the engine, or a service manager for it. */
  public boolean listens() {
    return EngineConnector.listens(files.socket());
  }

  /**
   * Ends the engine, and waits for that; containers run on.
   *
   * @return the process that was ended; empty if there was none
   */
  public Optional<ProcessHandle> stop() {
    Optional<ProcessHandle> engine = files.process();
    engine.ifPresent(EngineControl::end);
    return engine;
  }

  private static void end(ProcessHandle engine) {
    CompletableFuture<ProcessHandle> end = engine.onExit();
    if (!engine.destroy() && engine.isAlive()) {
      throw new EngineException(
          Kind.UNAUTHORIZED, "the engine, process " + engine.pid() + ", is somebody else's");
    }
    try {
      end.get(ORDERLY_END.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      HostProcesses.kill(engine);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "cancelled", e);
    } catch (ExecutionException e) {
      throw new EngineException(
          Kind.INTERNAL, "the end of process " + engine.pid() + " cannot be seen", e);
    }
  }
}
