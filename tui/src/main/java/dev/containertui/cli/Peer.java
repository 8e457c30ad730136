package dev.containertui.cli;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Attachment;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** The process in a container that a {@link Session} is held with. */
interface Peer extends AutoCloseable {
  /** Takes a piece of output. */
  interface Sink {
    void accept(LogRecord.Stream stream, byte[] bytes, int length);
  }

  /** Hands all output to the sink, each stream in its order, until its end or {@link #close}. */
  void readOutput(Sink sink) throws InterruptedException;

  /** Standard input; closing it is its end. */
  OutputStream input();

  void resize(TerminalSize size);

  /** Lets go, and ends {@link #readOutput}. */
  @Override
  void close();

  /** A container's main process. */
  static Peer of(Attachment attachment) {
    return new Peer() {
      @Override
      public void readOutput(Sink sink) {
        try {
          LogStream output = attachment.output();
          for (Optional<LogRecord> next = output.next(); next.isPresent(); next = output.next()) {
            LogRecord piece = next.get();
            sink.accept(piece.stream(), piece.bytes(), piece.bytes().length);
          }
        } catch (EngineException e) {
          // the machine or the engine is gone; how it ended is reported by who waits for that
        }
      }

      @Override
      public OutputStream input() {
        return attachment.input();
      }

      @Override
      public void resize(TerminalSize size) {
        attachment.resize(size);
      }

      @Override
      public void close() {
        attachment.close();
      }
    };
  }

  /** A further process, started by {@code exec}. */
  static Peer of(ContainerProcess process) {
    return new ProcessPeer(process);
  }

  /** Two streams of output, read side by side. */
  record ProcessPeer(ContainerProcess process) implements Peer {
    private static final int BUFFER_BYTES = 1 << 16;

    @Override
    public void readOutput(Sink sink) throws InterruptedException {
      Thread err =
          Thread.ofVirtual()
              .start(() -> copy(process.getErrorStream(), LogRecord.Stream.ERR, sink));
      copy(process.getInputStream(), LogRecord.Stream.OUT, sink);
      err.join();
    }

    private static void copy(InputStream from, LogRecord.Stream stream, Sink sink) {
      byte[] buffer = new byte[BUFFER_BYTES];
      try {
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
          sink.accept(stream, buffer, n);
        }
      } catch (IOException e) {
        // as above: whoever waits for the process reports it
      }
    }

    @Override
    public OutputStream input() {
      return process.getOutputStream();
    }

    @Override
    public void resize(TerminalSize size) {
      process.resize(size);
    }

    @Override
    public void close() {
      for (AutoCloseable stream :
          List.of(process.getOutputStream(), process.getInputStream(), process.getErrorStream())) {
        try {
          stream.close();
        } catch (Exception e) {
          // it is closed then
        }
      }
    }
  }
}
