package dev.containertui.engine.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a client sends, read a little ahead by a thread of its own. So reading can have a deadline
 * and be interrupted without closing the socket, and it is noticed at once when the client goes
 * while nobody reads.
 */
final class ReadAhead extends InputStream {
  private static final int CHUNK_BYTES = 16 << 10;
  private static final int MAX_AHEAD_BYTES = 64 << 10;

  private final SocketChannel channel;
  private final Runnable onEnd;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<ByteBuffer> ahead = new ArrayDeque<>();
  private int aheadBytes;
  private boolean ended;
  private boolean closed;
  private long deadline;
  private boolean limited;

  /**
   * @param onEnd called once, by the reading thread, when the client has closed its side
   */
  ReadAhead(SocketChannel channel, Runnable onEnd) {
    this.channel = channel;
    this.onEnd = onEnd;
  }

  /** The reading thread's work; returns when the client has closed its side, or this is closed. */
  void run() {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
    try {
      while (awaitRoom() && channel.read(buffer.clear()) >= 0) {
        buffer.flip();
        add(ByteBuffer.wrap(Arrays.copyOf(buffer.array(), buffer.limit())));
      }
    } catch (IOException e) {
      // Reset by the client, or closed by us: either way nothing more comes.
    } finally {
      end();
      onEnd.run();
    }
  }

  private boolean awaitRoom() {
    lock.lock();
    try {
      while (aheadBytes >= MAX_AHEAD_BYTES && !closed) {
        changed.awaitUninterruptibly();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void add(ByteBuffer bytes) {
    lock.lock();
    try {
      ahead.add(bytes);
      aheadBytes += bytes.remaining();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** From now on reads fail with a {@link SocketTimeoutException} when this time has passed. */
  void limit(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
    limited = true;
  }

  /** From now on reads wait as long as it takes. */
  void unlimit() {
    limited = false;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      while (ahead.isEmpty()) {
        if (ended) {
          return -1;
        }
        await();
      }
      ByteBuffer first = ahead.getFirst();
      int count = Math.min(length, first.remaining());
      first.get(target, offset, count);
      if (!first.hasRemaining()) {
        ahead.removeFirst();
      }
      aheadBytes -= count;
      changed.signalAll();
      return count;
    } finally {
      lock.unlock();
    }
  }

  private void await() throws IOException {
    try {
      if (!limited) {
        changed.await();
      } else if (changed.awaitNanos(deadline - System.nanoTime()) <= 0 && ahead.isEmpty()) {
        throw new SocketTimeoutException("the client is too slow");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading from the client");
    }
  }

  /** Lets the reading thread go. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
