package dev.containertui.engine.api.client;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Attachment;
import dev.containertui.container.LogStream;
import java.io.OutputStream;

/** One connection for a client's keyboard and screen. */
final class RemoteAttachment implements Attachment {
  private final RemoteContainer container;
  private final Hijacked connection;
  private final LogStream output;
  private final OutputStream input;

  RemoteAttachment(RemoteContainer container, Hijacked connection) {
    this.container = container;
    this.connection = connection;
    output = new RecordStream(connection.input(), container.isFramed(), connection::close);
    input = new SentOutput(connection.output());
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
}
