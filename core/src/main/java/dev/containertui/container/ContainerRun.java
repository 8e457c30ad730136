package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The thread that takes a container through one run, from the start of its machine, or from where
 * it is taken up, to the end. That it is nobody else's lets a start be cancelled by an interrupt
 * and still clean up in peace.
 */
final class ContainerRun {
  /** Where the machine comes from. */
  interface Source {
    /**
     * @param booting called once the machine's process runs and has nothing to do with it but wait
     * @throws EndedMeanwhile if there is none any more
     * @throws EngineException if there is none for another reason
     */
    RunningMachine open(Runnable booting) throws EndedMeanwhile;
  }

  /** What was to be taken up has ended while nobody looked after it. */
  static final class EndedMeanwhile extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient End end;

    EndedMeanwhile(End end) {
      super(null, null, false, false);
      this.end = end;
    }
  }

  /** How a run ended. */
  sealed interface End {
    /** The main process ended with this exit code. */
    record Exited(int code) implements End {}

    /** It could not be started, or its machine died. */
    record Failed(EngineException why) implements End {}

    /** Its start was cancelled. */
    record Cancelled() implements End {}

    /** Its start was interrupted by the end of the engine that did it. */
    record NeverBegun() implements End {}

    /** It goes on, but not here. */
    record LetGo() implements End {}
  }

  /** What the container hears of its run, in this order, from the run's thread. */
  interface Listener {
    /** The machine boots. */
    void booting();

    /** The main process runs. */
    MainProcess running(RunningMachine machine);

    /** {@link #running} has been told to who waited for it. */
    void settled();

    /**
     * The main process has ended, and its machine is about to be turned off.
     *
     * @return how long its disks may take to be written; zero if nobody will look at them
     */
    Duration exited(int code) throws InterruptedException;

    /** All is over and cleaned up. */
    void over(End end);
  }

  private final Source source;
  private final Listener listener;
  private final CompletableFuture<ContainerProcess> started = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean lettingGo;
  private boolean ending;

  ContainerRun(String name, Source source, Listener listener) {
    this.source = source;
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
        cancelStart();
      } catch (ExecutionException e) {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        EngineException why = (EngineException) e.getCause();
        throw new EngineException(why.kind(), why.getMessage(), why.hint(), why);
      }
    }
  }

  /** Waits until its main process runs, or never will. */
  void awaitSettled() throws InterruptedException {
    try {
      started.get();
    } catch (ExecutionException e) {
      // It never will.
    }
  }

  /** Cancels the start; false if that is over. */
  boolean cancelStart() {
    synchronized (started) {
      if (!started.isDone()) {
        thread.interrupt();
        return true;
      }
      return false;
    }
  }

  /** The start is over; what cancels it from now on comes too late. */
  private void settle(ContainerProcess process) throws InterruptedException {
    synchronized (started) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      started.complete(process);
    }
  }

  /**
   * Has the thread leave, and the machine run on; but one whose start is under way is given up, and
   * one that is being turned off is turned off.
   *
   * @param machine null if it is not up yet
   */
  void letGo(Supplier<RunningMachine> machine) {
    lettingGo = true;
    if (cancelStart()) {
      return;
    }
    synchronized (started) {
      RunningMachine running = machine.get();
      if (running != null && !ending) {
        running.agent().close();
      }
    }
  }

  /** From now on it is not let go of; whether that comes in time. */
  private boolean beginEnding() {
    synchronized (started) {
      ending = !lettingGo;
      return ending;
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

  /** Waits until it has ended, whatever interrupts; it always does. */
  void awaitEndQuietly() {
    boolean interrupted = false;
    while (!ended.isDone()) {
      try {
        ended.get();
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void live() {
    End end;
    try {
      RunningMachine machine = source.open(listener::booting);
      end = run(machine);
      // An interrupt has done its work by now; it must not cut short what follows.
      Thread.interrupted();
      if (end instanceof End.LetGo) {
        machine.letGo();
      } else {
        machine.discard();
      }
    } catch (EndedMeanwhile e) {
      end = e.end;
    } catch (EngineException e) {
      end = notStarted(e);
    } catch (RuntimeException e) {
      end = new End.Failed(internal(e));
    }
    Thread.interrupted();
    try {
      listener.over(end);
    } catch (EngineException e) {
      // The disk does not take the last record. What it says then, a later engine puts right.
    } finally {
      started.completeExceptionally(
          end instanceof End.Failed(EngineException why)
              ? why
              : new EngineException(Kind.CANCELLED, "the start was cancelled"));
      ended.complete(null);
    }
  }

  /** From the start of the main process to the power-off. */
  private End run(RunningMachine machine) {
    try {
      settle(listener.running(machine));
      listener.settled();
      int code = machine.awaitMain();
      if (!beginEnding()) {
        // The guest says so again to whoever attaches.
        return new End.LetGo();
      }
      machine.powerOff(listener.exited(code));
      return new End.Exited(code);
    } catch (InterruptedException e) {
      return lettingGo ? new End.LetGo() : new End.Cancelled();
    } catch (EngineException e) {
      return lettingGo ? new End.LetGo() : new End.Failed(lost(machine, e));
    } catch (RuntimeException e) {
      return new End.Failed(internal(e));
    }
  }

  private End notStarted(EngineException why) {
    if (lettingGo) {
      // Whatever else an interrupt is taken for, deep in a start.
      return new End.NeverBegun();
    }
    return why.kind() == Kind.CANCELLED || Thread.currentThread().isInterrupted()
        ? new End.Cancelled()
        : new End.Failed(why);
  }

  private static EngineException internal(RuntimeException e) {
    return new EngineException(Kind.INTERNAL, "the container failed: " + e, e);
  }

  private static EngineException lost(RunningMachine machine, EngineException lost) {
    try {
      return new EngineException(lost.kind(), machine.whyLost(lost), lost.hint(), lost);
    } catch (InterruptedException e) {
      return lost;
    }
  }
}
