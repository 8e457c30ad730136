package dev.containertui.engine.api.client;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.LogStream;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The main process of one run of a container. Each of its streams is a connection of its own, made
 * when it is first used: who does not read the one stalls not the other.
 */
final class RemoteMainProcess extends RemoteProcess {
  private final RemoteContainer container;
  private final InputStream out;
  private final InputStream err;
  private final LazyOutput in;

  RemoteMainProcess(
      RemoteContainer container,
      Instant startedAt,
      Supplier<CompletableFuture<Integer>> exit,
      Supplier<LogStream> out,
      Supplier<LogStream> err) {
    super(container.shortId(), startedAt, exit);
    this.container = container;
    this.out = new RecordInput(out);
    this.err = new RecordInput(err);
    this.in = new LazyOutput(() -> container.attachInput(startedAt));
  }

  @Override
  public OutputStream getOutputStream() {
    return in;
  }

  @Override
  public InputStream getInputStream() {
    return out;
  }

  @Override
  public InputStream getErrorStream() {
    return err;
  }

  /** Not told by Docker's API. */
  @Override
  public long pid() {
    throw new UnsupportedOperationException("the engine does not tell it");
  }

  @Override
  public void signal(int number) {
    if (isAlive()) {
      container.kill(number);
    }
  }

  @Override
  public void resize(TerminalSize size) {
    if (isAlive()) {
      container.resize(size);
    }
  }

  /** Standard input: attached to with the first byte, or to be closed. */
  private static final class LazyOutput extends OutputStream {
    private final Supplier<OutputStream> opener;
    private OutputStream opened;
    private boolean closed;

    LazyOutput(Supplier<OutputStream> opener) {
      this.opener = opener;
    }

    private synchronized OutputStream stream() throws IOException {
      if (closed) {
        throw new IOException("closed");
      }
      if (opened == null) {
        try {
          opened = opener.get();
        } catch (EngineException e) {
          if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.CONFLICT) {
            throw new IOException(
                "the process has ended", e); // and is gone, if it was to be removed
          }
          throw e;
        }
      }
      return opened;
    }

    @Override
    public void write(int b) throws IOException {
      stream().write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      stream().write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      // What has not been written needs no flushing: every write goes out at once.
    }

    @Override
    public void close() throws IOException {
      OutputStream last;
      synchronized (this) {
        if (closed) {
          return;
        }
        try {
          last = stream();
        } catch (IOException e) {
          return; // It has ended, and waits for no input.
        } finally {
          closed = true;
        }
      }
      last.close();
    }
  }
}
