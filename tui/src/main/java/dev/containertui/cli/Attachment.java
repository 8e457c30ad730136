package dev.containertui.cli;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Joins this process's standard streams to those of a container's process until it ends. */
final class Attachment {
  private static final int BUFFER_BYTES = 1 << 16;

  private final CliContext context;
  private final Container container;
  private final ContainerProcess process;
  private final AtomicBoolean outputBroken = new AtomicBoolean();

  Attachment(CliContext context, Container container, ContainerProcess process) {
    this.context = context;
    this.container = container;
    this.process = process;
  }

  /**
   * Returns the exit code of the container's process, once all its output is written; {@link
   * ExitCodes#BROKEN_PIPE} if there was nobody to write it to.
   *
   * @param input whether standard input is passed on
   * @param terminal whether the process is on a terminal
   */
  int run(boolean input, boolean terminal) {
    boolean raw = input && terminal && context.io().inIsTerminal();
    try (var _ = raw ? LocalTerminal.raw() : null;
        var _ = terminal ? context.signals().on("WINCH", this::resize) : null;
        var signals = new SignalProxy(context, container, process)) {
      if (terminal) {
        resize(); // it may have changed while the machine was booting
      }
      Thread out =
          Thread.ofVirtual()
              .start(() -> copyOutput(process.getInputStream(), context.io().out(), signals));
      Thread err =
          Thread.ofVirtual()
              .start(() -> copyOutput(process.getErrorStream(), context.io().err(), signals));
      if (input) {
        // A platform thread: it may stay in read(2) for ever, and must not keep the process alive.
        Thread.ofPlatform().daemon().name("stdin").start(this::copyInput);
      }
      int exitCode = process.waitFor();
      out.join();
      err.join();
      return outputBroken.get() ? ExitCodes.BROKEN_PIPE : exitCode;
    } catch (InterruptedException e) {
      throw new EngineException(EngineException.Kind.CANCELLED, "cancelled", e);
    }
  }

  private void resize() {
    LocalTerminal.size().ifPresent(process::resize);
  }

  private void copyInput() {
    byte[] buffer = new byte[BUFFER_BYTES];
    InputStream from = context.io().in();
    try (OutputStream to = process.getOutputStream()) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        to.write(buffer, 0, n);
        to.flush();
      }
    } catch (IOException e) {
      // the process closed its input or ended: nothing is lost that anybody waits for
    }
  }

  private void copyOutput(InputStream from, OutputStream to, SignalProxy signals) {
    byte[] buffer = new byte[BUFFER_BYTES];
    boolean broken = false;
    try {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        broken = broken || !write(to, buffer, n);
        if (broken && outputBroken.compareAndSet(false, true)) {
          signals.stop(Duration.ZERO); // as SIGPIPE would end a local command
        }
      }
    } catch (IOException e) {
      // the machine is gone; how it ended is reported by who waits for the container
    }
  }

  private static boolean write(OutputStream to, byte[] buffer, int length) {
    try {
      to.write(buffer, 0, length);
      to.flush();
      return !(to instanceof java.io.PrintStream stream) || !stream.checkError();
    } catch (IOException e) {
      return false;
    }
  }
}
