package dev.containertui.container;

import dev.containertui.container.ContainerState.Failed;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The thread that takes one container from its start to its end. That it is nobody's else lets a
 * start be cancelled by an interrupt and still clean up in peace.
 */
final class ContainerLife {
  /** What the container hears of its life, in this order, from the life's thread. */
  interface Listener {
    /** The machine boots. */
    void booting();

    /** The main process runs. */
    ContainerProcess running(RunningMachine machine);

    /** {@link #running} has been told to who waited for it. */
    void settled();

    /** All is over and cleaned up. */
    void over(ContainerState state);
  }

  private final MachineStart start;
  private final Listener listener;
  private final CompletableFuture<ContainerProcess> started = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread thread;

  ContainerLife(String name, MachineStart start, Listener listener) {
    this.start = start;
    this.listener = listener;
    this.thread = Thread.ofVirtual().name("container-" + name).unstarted(this::live);
  }

  void begin() {
    thread.start();
  }

  /** Returns when the main process runs. Interrupting the caller cancels the start. */
  ContainerProcess awaitStart() {
    boolean interrupted = false;
    while (true) {
      try {
        ContainerProcess process = started.get();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return process;
      } catch (InterruptedException e) {
        interrupted = true;
        thread.interrupt();
      } catch (ExecutionException e) {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        throw (EngineException) e.getCause();
      }
    }
  }

  /** Cancels the start if it is still under way. */
  void cancelStart() {
    if (!started.isDone()) {
      thread.interrupt();
    }
  }

  void awaitEnd() throws InterruptedException {
    try {
      ended.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether it ended within {@code limit}. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    try {
      ended.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void live() {
    EngineException failure = null;
    ContainerState end;
    try {
      RunningMachine machine = start.run(listener::booting);
      started.complete(listener.running(machine));
      listener.settled();
      end = machine.awaitEnd();
    } catch (InterruptedException e) {
      end = new Failed(Instant.now(), "it was cancelled while it started");
    } catch (EngineException e) {
      failure = e;
      end = new Failed(Instant.now(), e.getMessage());
    } catch (RuntimeException e) {
      failure = new EngineException(Kind.INTERNAL, "the container failed: " + e, e);
      end = new Failed(Instant.now(), failure.getMessage());
    }
    try {
      listener.over(end);
    } catch (EngineException e) {
      // The disk does not take the last record. What it says then, a later engine puts right.
    } finally {
      ended.complete(null);
      started.completeExceptionally(
          failure != null
              ? failure
              : new EngineException(Kind.CANCELLED, "the start was cancelled"));
    }
  }
}
