package dev.containertui.engine.api.client;

import dev.containertui.container.LogRecord;
import dev.containertui.container.LogRecord.Stream;
import dev.containertui.container.LogStream;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One of the two streams that come over one connection: whoever reads the connection puts pieces
 * in, and waits while {@value #MAX_BYTES} bytes have not been read.
 */
final class PieceQueue implements LogStream {
  private static final int MAX_BYTES = 1 << 20;

  private final Stream stream;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<byte[]> pieces = new ArrayDeque<>();
  private int bytes;
  private boolean ended;
  private EngineException failure;
  private boolean closed;

  PieceQueue(Stream stream) {
    this.stream = stream;
  }

  /** Adds a piece; drops it if nobody will read it. */
  void put(byte[] piece) throws InterruptedException {
    lock.lock();
    try {
      while (bytes >= MAX_BYTES && !closed) {
        changed.await();
      }
      if (!closed) {
        pieces.add(piece);
        bytes += piece.length;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * No more will come.
   *
   * @param why null if that is as it should be
   */
  void end(EngineException why) {
    lock.lock();
    try {
      ended = true;
      failure = why;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<LogRecord> next() {
    lock.lock();
    try {
      while (pieces.isEmpty() && !ended && !closed) {
        changed.await();
      }
      if (closed || pieces.isEmpty() && failure == null) {
        return Optional.empty();
      } else if (pieces.isEmpty()) {
        throw new EngineException(failure.kind(), failure.getMessage(), failure.hint(), failure);
      }
      byte[] piece = pieces.remove();
      bytes -= piece.length;
      changed.signalAll();
      return Optional.of(new LogRecord(Instant.now(), stream, piece));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "cancelled", e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      pieces.clear();
      bytes = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
