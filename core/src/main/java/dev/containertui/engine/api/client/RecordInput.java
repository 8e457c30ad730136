package dev.containertui.engine.api.client;

import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;

/** Output as a stream of bytes. It is asked for when somebody first reads. */
final class RecordInput extends InputStream {
  private final Supplier<LogStream> opener;
  private volatile LogStream stream;
  private byte[] piece = {};
  private int position;
  private boolean ended;
  private volatile boolean closed;

  RecordInput(Supplier<LogStream> opener) {
    this.opener = opener;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    } else if (!fill()) {
      return -1;
    }
    int n = Math.min(length, piece.length - position);
    System.arraycopy(piece, position, bytes, offset, n);
    position += n;
    return n;
  }

  private boolean fill() throws IOException {
    try {
      while (position == piece.length && !ended) {
        Optional<LogRecord> next = opened().next();
        ended = next.isEmpty();
        piece = next.map(LogRecord::bytes).orElse(new byte[0]);
        position = 0;
      }
      return !ended;
    } catch (EngineException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private LogStream opened() throws IOException {
    synchronized (this) {
      if (stream == null) {
        if (closed) {
          throw new IOException("closed");
        }
        stream = opener.get();
        if (closed) {
          stream.close();
        }
      }
      return stream;
    }
  }

  @Override
  public int available() {
    return piece.length - position;
  }

  @Override
  public void close() {
    closed = true;
    LogStream open = stream;
    if (open != null) {
      open.close();
    }
  }
}
