package dev.containertui.engine.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;

/** A connection that no longer speaks HTTP: bytes both ways. Each side may end before the other. */
public final class Takeover {
  private final SocketChannel channel;
  private final InputStream input;
  private final OutputStream output;

  Takeover(SocketChannel channel, InputStream input, OutputStream output) {
    this.channel = channel;
    this.input = input;
    this.output = output;
  }

  /** What the client sends until it closes its side. */
  public InputStream input() {
    return input;
  }

  /** To the client, unbuffered; waits while it does not read. */
  public OutputStream output() {
    return output;
  }

  /** Tells the client that nothing more comes. It may still send. */
  public void endOutput() throws IOException {
    channel.shutdownOutput();
  }
}
