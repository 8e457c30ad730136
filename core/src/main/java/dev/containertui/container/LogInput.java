package dev.containertui.container;

import dev.containertui.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** One stream of a run's output, as the log has it. */
final class LogInput extends InputStream {
  private final LogStream from;
  private final LogRecord.Stream stream;
  private final Supplier<Optional<EngineException>> failure;
  private byte[] piece = new byte[0];
  private int position;
  private volatile boolean closed;

  /**
   * @param failure asked at the end: why it came too early, if it did
   */
  LogInput(LogStream from, LogRecord.Stream stream, Supplier<Optional<EngineException>> failure) {
    this.from = from;
    this.stream = stream;
    this.failure = failure;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    while (position == piece.length) {
      if (!fetch()) {
        return -1;
      }
    }
    int count = Math.min(length, piece.length - position);
    System.arraycopy(piece, position, target, offset, count);
    position += count;
    return count;
  }

  /** The next piece; false at the end. */
  private boolean fetch() throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
    try {
      Optional<LogRecord> next = from.next();
      if (next.isPresent()) {
        if (next.get().stream() == stream) {
          piece = next.get().bytes();
          position = 0;
        }
        return true;
      }
    } catch (EngineException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (closed) {
      throw new IOException("the stream is closed");
    }
    Optional<EngineException> reason = failure.get();
    if (reason.isPresent()) {
      throw new IOException(reason.get().getMessage(), reason.get());
    }
    return false;
  }

  @Override
  public int available() {
    return piece.length - position;
  }

  @Override
  public void close() {
    closed = true;
    from.close();
  }
}
