package dev.containertui.cli;

import dev.containertui.container.LogRecord;
import dev.containertui.error.EngineException;
import dev.containertui.repl.terminal.DetachKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Joins this process's standard streams to those of a process in a container until that has ended,
 * or somebody lets go.
 */
final class Session implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** How a session ends. */
  enum End {
    /** All output has been read. */
    ENDED,
    /** The detach keys were pressed. */
    DETACHED,
    /** There was nobody to write the output to. */
    UNREAD,
    /** Somebody lost patience. */
    LEFT
  }

  /**
   * What of it is joined.
   *
   * @param in whether standard input is passed on
   * @param terminal whether the process is on a terminal
   * @param detachKeys empty: there are none
   */
  record Streams(
      boolean in, boolean out, boolean err, boolean terminal, Optional<DetachKeys> detachKeys) {}

  private final CliContext context;
  private final Peer peer;
  private final Streams streams;
  private final Runnable whenUnread;
  private final AtomicReference<End> end = new AtomicReference<>(End.ENDED);

  /** A session that lets go if nobody reads standard output any more. */
  Session(CliContext context, Peer peer, Streams streams) {
    this(context, peer, streams, peer::close);
  }

  /**
   * @param whenUnread what to do if nobody reads standard output any more
   */
  Session(CliContext context, Peer peer, Streams streams, Runnable whenUnread) {
    this.context = context;
    this.peer = peer;
    this.streams = streams;
    this.whenUnread = whenUnread;
  }

  /** Passes everything on until the end; signals are the caller's. */
  End run() {
    boolean raw = streams.in && streams.terminal && context.io().inIsTerminal();
    try (var _ = raw ? LocalTerminal.raw() : null;
        var _ = streams.terminal ? context.signals().on("WINCH", this::resize) : null) {
      if (streams.terminal) {
        resize(); // it may have changed while the machine was booting
      }
      if (streams.in) {
        // A platform thread: it may stay in read(2) for ever, and must not keep the process alive.
        Thread.ofPlatform().daemon().name("stdin").start(this::copyInput);
      }
      Thread output = Thread.ofVirtual().name("output").start(this::copyOutput);
      output.join();
    } catch (InterruptedException e) {
      throw new EngineException(EngineException.Kind.CANCELLED, "cancelled", e);
    }
    if (end.get() == End.DETACHED) {
      context.io().err().println("read escape sequence");
    }
    return end.get();
  }

  /** Lets go of the process. */
  void leave(End how) {
    end.compareAndSet(End.ENDED, how);
    peer.close();
  }

  @Override
  public void close() {
    peer.close();
  }

  private void resize() {
    LocalTerminal.size().ifPresent(peer::resize);
  }

  private void copyInput() {
    byte[] buffer = new byte[BUFFER_BYTES];
    InputStream from = context.io().in();
    Optional<DetachKeys.Scanner> keys =
        streams.terminal ? streams.detachKeys.map(DetachKeys::scanner) : Optional.empty();
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    try (OutputStream to = peer.input()) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        if (keys.isPresent()) {
          passed.reset();
          boolean detach = keys.get().scan(buffer, n, passed);
          passed.writeTo(to);
          to.flush();
          if (detach) {
            leave(End.DETACHED);
            return;
          }
        } else {
          to.write(buffer, 0, n);
          to.flush();
        }
      }
    } catch (IOException e) {
      // the process closed its input or ended: nothing is lost that anybody waits for
    }
  }

  private void copyOutput() {
    try {
      peer.readOutput(this::write);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(LogRecord.Stream stream, byte[] bytes, int length) {
    boolean wanted = stream == LogRecord.Stream.OUT ? streams.out : streams.err;
    OutputStream to = stream == LogRecord.Stream.OUT ? context.io().out() : context.io().err();
    if (!wanted || end.get() == End.UNREAD || write(to, bytes, length)) {
      return;
    }
    if (end.compareAndSet(End.ENDED, End.UNREAD)) {
      whenUnread.run(); // as SIGPIPE would end a local command
    }
  }

  private static boolean write(OutputStream to, byte[] buffer, int length) {
    try {
      to.write(buffer, 0, length);
      to.flush();
      return !(to instanceof PrintStream stream) || !stream.checkError();
    } catch (IOException e) {
      return false;
    }
  }
}
