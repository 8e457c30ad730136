package dev.containertui;

import dev.containertui.container.ContainerProcess;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.view.Humanize;
import dev.containertui.view.Tone;
import dev.containertui.view.View;
import dev.containertui.view.Viewable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A process that runs in a container, and is a {@link Process} of Java: {@code waitFor}, {@code
 * getInputStream}, {@code onExit}, {@code destroy} (SIGTERM) and the like work as everywhere.
 *
 * <p>What it prints waits for a reader: one that is never read stalls it once the buffers on the
 * way are full. {@link #text}, {@link #lines}, {@link #code} and {@link #result} read it to the
 * end; they close its standard input before, unless something was given to {@code stdin} or is
 * being written to {@link #getOutputStream}.
 *
 * <pre>{@code
 * c.exec("cat", "/etc/hostname").text()
 * c.exec("sort").stdin("b\na\n").lines()
 * c.exec("sleep", "60").timeout(Duration.ofSeconds(1)).code()     // fails: TIMEOUT
 * }</pre>
 */
public final class Job extends Process implements Output, Viewable {
  /** How long showing it waits for its end. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Duration KILL_GRACE = Duration.ofSeconds(2);
  private static final int SIGPIPE = 13;

  private final String command;
  private final ContainerProcess process;
  private final Aftermath aftermath;
  private final PeekedStream out;
  private final PeekedStream err;
  private final ReentrantLock collecting = new ReentrantLock();
  private volatile Collected collected;
  private volatile Duration timeout;
  private volatile boolean timedOut;
  private volatile boolean inputTaken;

  /** All that there is to know at the end. */
  record Collected(int code, byte[] output, byte[] errors) {}

  /** What follows the end of a process, and is waited for with it. */
  @FunctionalInterface
  interface Aftermath {
    void await() throws InterruptedException;
  }

  Job(List<String> command, ContainerProcess process) {
    this(command, process, () -> {});
  }

  Job(List<String> command, ContainerProcess process, Aftermath aftermath) {
    this.command = String.join(" ", command);
    this.process = process;
    this.aftermath = aftermath;
    this.out = new PeekedStream(process.getInputStream());
    this.err = new PeekedStream(process.getErrorStream());
  }

  /** The command line, its parts joined by spaces. */
  public String command() {
    return command;
  }

  /**
   * Ends it (SIGTERM, two seconds later SIGKILL) if it still runs so long after this call; then
   * {@link #result} and the like fail with TIMEOUT.
   */
  public Job timeout(Duration limit) {
    timeout = Args.positive("timeout(duration)", limit);
    Thread.ofVirtual().name("timeout").start(() -> endAfter(limit));
    return this;
  }

  /** The same: {@code "500ms"}, {@code "10s"}, {@code "1m30s"}. */
  public Job timeout(String limit) {
    return timeout(Args.duration("timeout(duration)", limit));
  }

  private void endAfter(Duration limit) {
    try {
      if (!process.waitFor(limit)) {
        timedOut = true;
        process.destroy();
        if (!process.waitFor(KILL_GRACE)) {
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException | RuntimeException e) {
      // It has gone with its machine: whoever waits for it is told by that.
      return;
    }
  }

  /** Gives it a text, as UTF-8, as its standard input, and then the end of it. */
  public Job stdin(String text) {
    return stdin(Args.present("stdin(text)", "text", text).getBytes(StandardCharsets.UTF_8));
  }

  /** Gives it bytes as its standard input, and then the end of it. */
  public Job stdin(byte[] bytes) {
    return stdin(new ByteArrayInputStream(Args.present("stdin(bytes)", "bytes", bytes)));
  }

  /**
   * Gives it a file, of this host or of a container, as its standard input.
   *
   * @throws EngineException NOT_FOUND if it cannot be opened
   */
  public Job stdin(Path file) {
    try {
      return stdin(Files.newInputStream(Args.required("stdin(path)", "path", file)));
    } catch (IOException e) {
      throw new EngineException(
          Kind.NOT_FOUND, "stdin(path): " + file + " cannot be read: " + Failures.reason(e), e);
    }
  }

  /** Gives it all of a stream as its standard input, and closes that. */
  public Job stdin(InputStream stream) {
    Args.required("stdin(stream)", "stream", stream);
    inputTaken = true;
    Thread.ofVirtual().name("stdin").start(() -> Pump.copy(stream, process.getOutputStream()));
    return this;
  }

  /**
   * Connects its standard output to another one's standard input. As fast as that one reads, and no
   * faster, this one can write; if that one ends first, this one gets SIGPIPE, as in a shell.
   *
   * <pre>{@code a.exec("cat", "/var/log/x").pipe(b.exec("wc", "-l")).text()}</pre>
   */
  public Pipeline pipe(Job next) {
    return Pipeline.of(this).pipe(next);
  }

  /**
   * Writes its standard output to a file of this host, made or replaced, and waits for its end.
   *
   * @return how it ended; without the output
   * @throws EngineException as {@link #result}; UNAVAILABLE if the file cannot be written
   */
  public Result saveTo(Path file) {
    Args.required("saveTo(path)", "path", file);
    try (OutputStream to = Files.newOutputStream(file)) {
      closeUnusedInput();
      Collector errors = new Collector(err, this::destroyForcibly);
      out.transferTo(to);
      Collected end = ended(new byte[0], errors);
      collected = end;
      return resultOf(end);
    } catch (IOException e) {
      process.destroyForcibly();
      if (Thread.currentThread().isInterrupted()) {
        throw cancelled();
      }
      throw new EngineException(
          Kind.UNAVAILABLE, "saveTo(path): cannot write " + file + ": " + Failures.reason(e), e);
    } catch (InterruptedException e) {
      throw cancelled();
    }
  }

  @Override
  public Result result() {
    return resultOf(collect());
  }

  /** Standard output as it came, byte for byte; as {@link #text} otherwise. */
  public byte[] bytes() {
    result().orFail();
    return collect().output().clone();
  }

  private Result resultOf(Collected end) {
    return new Result(
        command, end.code(), List.of(end.code()), utf8(end.output()), utf8(end.errors()));
  }

  static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  Collected collect() {
    try {
      collecting.lockInterruptibly();
    } catch (InterruptedException e) {
      throw cancelled();
    }
    try {
      if (collected == null) {
        closeUnusedInput();
        Collector output = new Collector(out, this::destroyForcibly);
        Collector errors = new Collector(err, this::destroyForcibly);
        int code = await();
        collected = new Collected(code, output.bytes(command), errors.bytes(command));
      }
      return collected;
    } catch (InterruptedException e) {
      throw cancelled();
    } finally {
      collecting.unlock();
    }
  }

  private Collected ended(byte[] output, Collector errors) throws InterruptedException {
    int code = await();
    return new Collected(code, output, errors.bytes(command));
  }

  /** Waits for the end; what was ended because of its timeout fails. */
  int await() throws InterruptedException {
    int code = process.waitFor();
    aftermath.await();
    if (timedOut) {
      throw new EngineException(
          Kind.TIMEOUT,
          command + " did not end within " + Humanize.duration(timeout) + ", and was ended",
          "give timeout(…) more, or leave it out");
    }
    return code;
  }

  EngineException cancelled() {
    process.destroyForcibly();
    Thread.currentThread().interrupt();
    return new EngineException(Kind.CANCELLED, command + " was cancelled");
  }

  void closeUnusedInput() {
    if (inputTaken) {
      return;
    }
    inputTaken = true;
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already, and reads nothing any more.
      return;
    }
  }

  /** For a pipe: standard output to be read there, standard error to be kept here. */
  InputStream output() {
    return out;
  }

  InputStream errors() {
    return err;
  }

  /** For a pipe: standard input that is written there. */
  OutputStream input() {
    inputTaken = true;
    return process.getOutputStream();
  }

  /** Nobody reads what it writes any more. */
  void breakPipe() {
    try {
      process.signal(SIGPIPE);
    } catch (EngineException e) {
      // It has ended by itself.
      return;
    }
  }

  /**
   * Sends a signal: {@code "HUP"}, {@code "SIGUSR1"}, {@code "15"}; nothing happens if it has
   * ended.
   */
  public Job signal(String signal) {
    process.signal(Failures.signal("signal(name)", signal));
    return this;
  }

  /** Its standard input. Close it to let the process read the end. */
  @Override
  public OutputStream getOutputStream() {
    return input();
  }

  @Override
  public InputStream getInputStream() {
    return out;
  }

  @Override
  public InputStream getErrorStream() {
    return err;
  }

  @Override
  public int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public boolean waitFor(long limit, TimeUnit unit) throws InterruptedException {
    return process.waitFor(limit, unit);
  }

  @Override
  public int exitValue() {
    return process.exitValue();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public CompletableFuture<Process> onExit() {
    return process.onExit().thenApply(ended -> this);
  }

  @Override
  public boolean supportsNormalTermination() {
    return true;
  }

  @Override
  public void destroy() {
    process.destroy();
  }

  @Override
  public Process destroyForcibly() {
    process.destroyForcibly();
    return this;
  }

  /**
   * Its process id in the guest.
   *
   * @throws UnsupportedOperationException if the engine does not tell
   */
  @Override
  public long pid() {
    return process.pid();
  }

  /**
   * What it has printed so far, which stays to be read, and its exit code if it has one. Waits a
   * second for its end.
   */
  @Override
  public View view() {
    if (collected != null) {
      return resultOf(collected).view();
    }
    out.peek();
    err.peek();
    try {
      boolean over = process.waitFor(LOOK);
      long deadline = System.nanoTime() + LOOK.toNanos();
      while (over && !(out.complete() && err.complete()) && System.nanoTime() < deadline) {
        Thread.sleep(5);
      }
      View shown = View.stack(View.text(utf8(out.peek())), View.text(Tone.WARN, utf8(err.peek())));
      if (!over) {
        return View.stack(
            shown, View.text(Tone.DIM, command + " still runs; .text() waits for its end"));
      }
      int code = process.exitValue();
      return View.stack(shown, View.text(Tone.BAD, code == 0 ? "" : "exit code " + code));
    } catch (InterruptedException e) {
      throw cancelled();
    }
  }

  /** The command, and whether it runs or how it ended. */
  @Override
  public String toString() {
    return command + (isAlive() ? " (runs)" : " (ended with " + process.exitValue() + ")");
  }
}
