package dev.containertui.engine.api.client;

import dev.containertui.container.LogRecord;
import dev.containertui.container.LogRecord.Stream;
import dev.containertui.container.LogStream;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Output as the API sends it. Of a terminal: the bytes as they are. Else frames (Docker's
 * "multiplexed stream"): a byte that says where it was written to (1 standard output, 2 standard
 * error), three zeros, the length as four bytes, big end first, and so many bytes.
 */
final class RecordStream implements LogStream {
  private static final int HEAD_BYTES = 8;
  private static final int PIECE_BYTES = 1 << 16;

  private final InputStream in;
  private final boolean framed;
  private final Runnable close;
  private final byte[] piece = new byte[PIECE_BYTES];
  private Stream stream = Stream.OUT;
  private long frameLeft;
  private volatile boolean closed;

  /**
   * @param close ends the connection
   */
  RecordStream(InputStream in, boolean framed, Runnable close) {
    this.in = in;
    this.framed = framed;
    this.close = close;
  }

  @Override
  public Optional<LogRecord> next() {
    Optional<LogRecord> next = read();
    if (next.isEmpty()) {
      close(); // Few readers close what they have read to its end.
    }
    return next;
  }

  private Optional<LogRecord> read() {
    try {
      while (framed && frameLeft == 0) {
        if (!readHead()) {
          return Optional.empty();
        }
      }
      int wanted = framed ? (int) Math.min(frameLeft, PIECE_BYTES) : PIECE_BYTES;
      int n = in.read(piece, 0, wanted);
      if (n < 0) {
        if (framed) {
          throw new EOFException("it ends within a frame");
        }
        return Optional.empty();
      }
      frameLeft -= framed ? n : 0;
      return Optional.of(new LogRecord(Instant.now(), stream, Arrays.copyOf(piece, n)));
    } catch (IOException e) {
      if (closed) {
        return Optional.empty();
      }
      throw e instanceof ClosedByInterruptException || Thread.currentThread().isInterrupted()
          ? new EngineException(Kind.CANCELLED, "cancelled", e)
          : new EngineException(
              Kind.UNAVAILABLE, "the engine's output cannot be read: " + e.getMessage(), e);
    }
  }

  private boolean readHead() throws IOException {
    byte[] head = in.readNBytes(HEAD_BYTES);
    if (head.length == 0) {
      return false;
    } else if (head.length < HEAD_BYTES) {
      throw new EOFException("it ends within the head of a frame");
    } else if (head[0] < 0 || head[0] > 3) {
      throw new IOException("a frame of an unknown kind");
    }
    // 3 is an error of the engine itself, which is told as standard error.
    stream = head[0] >= 2 ? Stream.ERR : Stream.OUT;
    frameLeft = Integer.toUnsignedLong(ByteBuffer.wrap(head).getInt(4));
    return true;
  }

  @Override
  public void close() {
    closed = true;
    close.run();
  }
}
