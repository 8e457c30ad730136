package dev.containertui.engine.api.server;

import dev.containertui.container.LogRecord;
import dev.containertui.engine.api.StreamFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts standard output and standard error on one connection: as they are if there is a terminal, in
 * frames if not. Several threads may write.
 */
final class StreamWriter {
  private final OutputStream target;
  private final boolean terminal;
  private final boolean timestamps;
  private final ReentrantLock lock = new ReentrantLock();
  private final boolean[] midLine = new boolean[3];

  /**
   * @param timestamps whether each line begins with the time at which it was written
   */
  StreamWriter(OutputStream target, boolean terminal, boolean timestamps) {
    this.target = target;
    this.terminal = terminal;
    this.timestamps = timestamps;
  }

  static String contentType(boolean terminal) {
    return terminal ? StreamFrame.RAW : StreamFrame.MULTIPLEXED;
  }

  void write(LogRecord piece) throws IOException {
    int stream = piece.stream() == LogRecord.Stream.OUT ? StreamFrame.STDOUT : StreamFrame.STDERR;
    byte[] bytes = timestamps ? stamped(stream, piece.at(), piece.bytes()) : piece.bytes();
    write(stream, bytes, 0, bytes.length);
  }

  void write(int stream, byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      if (terminal) {
        target.write(bytes, offset, length);
      } else {
        target.write(StreamFrame.encode(stream, bytes, offset, length));
      }
    } finally {
      lock.unlock();
    }
  }

  private byte[] stamped(int stream, Instant at, byte[] bytes) {
    byte[] stamp = (Json.time(at) + " ").getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream lines = new ByteArrayOutputStream(bytes.length + 2 * stamp.length);
    for (byte b : bytes) {
      if (!midLine[stream]) {
        lines.writeBytes(stamp);
      }
      lines.write(b);
      midLine[stream] = b != '\n';
    }
    return lines.toByteArray();
  }
}
