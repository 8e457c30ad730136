package dev.containertui.engine.api.client;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Attachment;
import dev.containertui.container.LogStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;

/** A client's keyboard and screen: one connection, and another one when the engine is another. */
final class RemoteAttachment implements Attachment {
  /** Longer than the next engine is waited for. */
  private static final Duration NEXT_CONNECTION = Duration.ofSeconds(60);

  private final RemoteContainer container;
  private final RunOutput output;
  private final OutputStream input = new Input();

  RemoteAttachment(ApiClient api, RemoteContainer container, boolean replay) {
    this.container = container;
    output = new RunOutput(api, container, replay);
  }

  @Override
  public LogStream output() {
    return output;
  }

  @Override
  public OutputStream input() {
    return input;
  }

  @Override
  public void resize(TerminalSize size) {
    container.resize(size);
  }

  @Override
  public void close() {
    output.close();
  }

  /** What an engine had taken when it died, and not passed on, is lost. */
  private final class Input extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      Hijacked to = output.connection();
      while (to != null) {
        try {
          new SentOutput(to.output()).write(bytes, offset, length);
          return;
        } catch (IOException e) {
          to = next(to);
        }
      }
      throw new IOException("the process has ended, or its connection has");
    }

    private Hijacked next(Hijacked last) throws IOException {
      try {
        return output.connectionAfter(last, NEXT_CONNECTION);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while the engine was away");
      }
    }

    @Override
    public void close() {
      output.endInput();
    }
  }
}
