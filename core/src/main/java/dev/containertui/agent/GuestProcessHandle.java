package dev.containertui.agent;

import dev.containertui.error.EngineException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process in the guest, seen from here: three streams, signals, and how it ended. */
public final class GuestProcessHandle {
  private final GuestProcesses processes;
  private final int handle;
  private final boolean retained;
  private final InputChannel in;
  private final OutputChannel out;
  private final OutputChannel err;
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();
  private volatile int pid;
  private volatile long firstOutputNanoTime;
  private volatile boolean hasOutput;
  private boolean endReported;

  /** A channel that a process writes to. */
  public enum Channel {
    /** Standard output, or all output of a terminal. */
    OUT,
    ERR
  }

  /**
   * How a process ended.
   *
   * @param code 0–255; 128 + n after signal n
   */
  public record Exit(int code) {}

  GuestProcessHandle(
      GuestProcesses processes,
      InputChannel.Sink input,
      int handle,
      boolean terminal,
      boolean retained) {
    this.processes = processes;
    this.handle = handle;
    this.retained = retained;
    this.in = new InputChannel(input, terminal);
    this.out = new OutputChannel(bytes -> processes.grant(handle, 1, bytes), retained);
    this.err = new OutputChannel(bytes -> processes.grant(handle, 2, bytes), retained);
  }

  /** The number by which this machine's guest knows it, over all connections; from 1. */
  public int handle() {
    return handle;
  }

  /**
   * Whether the guest keeps its output until it is acknowledged, and its end until it is released.
   */
  public boolean retained() {
    return retained;
  }

  /** Its process id as the guest's init sees it. */
  public int pid() {
    return pid;
  }

  public OutputStream stdin() {
    return in;
  }

  /** Standard output, or all output of a terminal. */
  public InputStream stdout() {
    return out;
  }

  public InputStream stderr() {
    return err;
  }

  /**
   * Tells the guest that it need not keep so many bytes more of what was read from a channel of a
   * retained process: they are where another connection's user will find them. Without this the
   * process stalls when the guest's memory for it is full (128 KiB per channel). Never waits.
   *
   * @param bytes at most what was read and not acknowledged
   * @throws IllegalStateException if the process is not retained
   */
  public void acknowledge(Channel channel, long bytes) {
    (channel == Channel.OUT ? out : err).acknowledge(bytes);
  }

  /**
   * Has the guest forget a retained process that has ended: its exit code, and what of its output
   * was not acknowledged. Other processes are released by themselves when they end.
   *
   * @throws IllegalStateException if it has not ended
   */
  public void release() {
    if (!isOver()) {
      throw new IllegalStateException("the process has not ended");
    }
    processes.release(this);
  }

  /** {@link System#nanoTime()} when its first output came, if it did. */
  public OptionalLong firstOutputNanoTime() {
    return hasOutput ? OptionalLong.of(firstOutputNanoTime) : OptionalLong.empty();
  }

  /** Sends a signal by its Linux number; does nothing if the process has ended. */
  public void signal(int number, Duration deadline) {
    processes.signal(this, number, deadline);
  }

  /** Sets the size of its terminal; does nothing if the process has ended. */
  public void resize(TerminalSize size, Duration deadline) {
    processes.resize(this, size, deadline);
  }

  /** Whether it has ended, or nobody can know because the connection is lost. */
  public boolean isOver() {
    return exit.isDone();
  }

  /**
   * How it ended, if it has.
   *
   * @throws EngineException if the connection was lost before that was known
   */
  public Optional<Exit> exit() {
    if (!exit.isDone()) {
      return Optional.empty();
    }
    try {
      return Optional.of(exit.join());
    } catch (CompletionException e) {
      throw AgentFailure.again(e.getCause());
    }
  }

  /**
   * Waits for its end; all its output is in the streams' buffers then.
   *
   * @throws EngineException if the connection is lost
   */
  public Exit awaitExit() throws InterruptedException {
    try {
      return exit.get();
    } catch (ExecutionException e) {
      throw AgentFailure.again(e.getCause());
    }
  }

  /** The same with a limit; empty if it passed. */
  public Optional<Exit> awaitExit(Duration limit) throws InterruptedException {
    try {
      return Optional.of(exit.get(limit.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw AgentFailure.again(e.getCause());
    }
  }

  /** Calls {@code action} once it has ended or the connection is lost, at once if that is past. */
  public void whenOver(Runnable action) {
    exit.whenComplete((ended, failure) -> action.run());
  }

  void started(int pid, long credit) throws ProtocolViolation {
    this.pid = pid;
    if (credit > 0) {
      in.grant(credit);
    }
  }

  void output(byte[] data) throws ProtocolViolation {
    noteOutput();
    out.arrive(data);
  }

  void errorOutput(byte[] data) throws ProtocolViolation {
    noteOutput();
    err.arrive(data);
  }

  private void noteOutput() {
    if (!hasOutput) {
      firstOutputNanoTime = System.nanoTime();
      hasOutput = true;
    }
  }

  void outputEnded() throws ProtocolViolation {
    out.end();
  }

  void errorOutputEnded() throws ProtocolViolation {
    err.end();
  }

  void inputGranted(long bytes) throws ProtocolViolation {
    in.grant(bytes);
  }

  /**
   * Its machine is being turned off, so it ends with this code, whatever the guest still says of
   * it.
   */
  public void presumeExited(int code) {
    exited(code);
  }

  /** The guest says that it has ended. */
  void ended(int code) throws ProtocolViolation {
    if (endReported) {
      throw new ProtocolViolation("a second end of a process");
    }
    endReported = true;
    exited(code);
  }

  private void exited(int code) {
    in.processEnded();
    out.endIfOpen();
    err.endIfOpen();
    exit.complete(new Exit(code));
  }

  /**
   * Nobody wants its output: what it writes from now on is thrown away, acknowledged if it must be.
   */
  public void discardOutput() {
    out.close();
    err.close();
  }

  void fail(EngineException reason) {
    in.fail(reason);
    out.fail(reason);
    err.fail(reason);
    exit.completeExceptionally(reason);
  }
}
