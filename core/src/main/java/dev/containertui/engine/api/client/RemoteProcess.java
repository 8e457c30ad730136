package dev.containertui.engine.api.client;

import dev.containertui.container.ContainerProcess;
import dev.containertui.container.LinuxSignal;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A process in a container of a remote engine: what the main one and further ones have in common.
 */
abstract class RemoteProcess extends ContainerProcess {
  private final String containerId;
  private final Instant startedAt;
  private final Supplier<CompletableFuture<Integer>> watch;
  private CompletableFuture<Integer> exit;

  /**
   * @param containerId the short one
   * @param watch called when somebody first wants to know; completed with the exit code, or with an
   *     {@link EngineException}
   */
  RemoteProcess(String containerId, Instant startedAt, Supplier<CompletableFuture<Integer>> watch) {
    this.containerId = containerId;
    this.startedAt = startedAt;
    this.watch = watch;
  }

  private synchronized CompletableFuture<Integer> exit() {
    if (exit == null) {
      exit = watch.get();
    }
    return exit;
  }

  @Override
  public String containerId() {
    return containerId;
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public int waitFor() throws InterruptedException {
    try {
      return exit().get();
    } catch (ExecutionException e) {
      throw reason(e);
    }
  }

  @Override
  public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
    try {
      exit().get(timeout, unit);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw reason(e);
    }
  }

  private static EngineException reason(ExecutionException e) {
    return e.getCause() instanceof EngineException known
        ? new EngineException(known.kind(), known.getMessage(), known.hint(), known)
        : new EngineException(Kind.INTERNAL, "waiting for a process failed", e.getCause());
  }

  @Override
  public int exitValue() {
    if (!exit().isDone()) {
      throw new IllegalThreadStateException("the process has not ended");
    }
    try {
      return exit().get();
    } catch (ExecutionException e) {
      throw reason(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "cancelled", e);
    }
  }

  @Override
  public boolean isAlive() {
    return !exit().isDone();
  }

  /** Completes exceptionally, with the reason, if nobody can know how the process has ended. */
  @Override
  public CompletableFuture<Process> onExit() {
    return exit().thenApply(code -> this);
  }

  @Override
  public boolean supportsNormalTermination() {
    return true;
  }

  @Override
  public void destroy() {
    signal(LinuxSignal.TERM);
  }

  @Override
  public Process destroyForcibly() {
    signal(LinuxSignal.KILL);
    return this;
  }
}
