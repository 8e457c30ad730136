package dev.containertui.agent;

import dev.containertui.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * What a process in the guest writes, on its way to a reader here. Holds at most {@link
 * #CAPACITY_BYTES}: the guest may send only as much as it was granted, and is granted only what was
 * read (PROTOCOL.md section 5). So a reader that does not read stalls this channel and nothing
 * else.
 *
 * <p>The output of a retained process is granted anew only when it has been acknowledged, for that
 * is when the guest forgets it.
 *
 * <p>After {@link InputStream#close()} all that arrives is thrown away and granted anew, so that a
 * process whose output nobody wants runs on.
 */
final class OutputChannel extends InputStream {
  static final int CAPACITY_BYTES = 256 * 1024;

  /** Grants are worth a message of their own only from this size on. */
  private static final int GRANT_BYTES = CAPACITY_BYTES / 4;

  /** The guest keeps 128 KiB that are not acknowledged, and stalls then. */
  private static final int RETAINED_GRANT_BYTES = 32 * 1024;

  private static final int FIRST_RING_BYTES = 4096;

  private final IntConsumer grant;
  private final boolean retained;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();

  /** Ring of {@link #held} bytes from {@link #head} on; grows to the capacity when it must. */
  private byte[] ring = new byte[FIRST_RING_BYTES];

  private int head;
  private int held;

  /** What the guest may still send. */
  private int credit = CAPACITY_BYTES;

  /** Read from a retained process, and not acknowledged. */
  private int unacknowledged;

  /** Read (and acknowledged), and not granted anew yet. */
  private int ungranted;

  private boolean ended;
  private boolean discarding;
  private EngineException failure;

  /**
   * @param grant tells the guest that it may send so many bytes more; must not wait
   * @param retained whether that also tells it to forget so many bytes
   */
  OutputChannel(IntConsumer grant, boolean retained) {
    this.grant = grant;
    this.retained = retained;
  }

  /** Takes data from the guest. Never waits. */
  void arrive(byte[] data) throws ProtocolViolation {
    int granted = 0;
    lock.lock();
    try {
      if (ended) {
        throw new ProtocolViolation("output after its end");
      }
      if (data.length == 0) {
        throw new ProtocolViolation("empty output");
      }
      if (data.length > credit) {
        throw new ProtocolViolation("more output than was granted");
      }
      credit -= data.length;
      if (discarding) {
        granted = consumed(data.length);
      } else {
        append(data);
        arrived.signalAll();
      }
    } finally {
      lock.unlock();
    }
    grant(granted);
  }

  /** The guest will send nothing more. */
  void end() throws ProtocolViolation {
    lock.lock();
    try {
      if (ended) {
        throw new ProtocolViolation("a second end of output");
      }
      ended = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The process is over: the end, if it has not been announced. */
  void endIfOpen() {
    lock.lock();
    try {
      ended = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The connection is lost: readers get what is here, then an error. */
  void fail(EngineException reason) {
    lock.lock();
    try {
      if (!ended) {
        failure = reason;
        arrived.signalAll();
      }
    } finally {
      lock.unlock();
    }
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
    int count;
    int granted;
    try {
      lock.lockInterruptibly();
      try {
        if (!awaitData()) {
          return -1;
        }
        count = take(target, offset, length);
        granted = noteRead(count);
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading from a container");
    }
    grant(granted);
    return count;
  }

  /** Notes that {@code count} bytes were read; the grant that is due, or 0. */
  private int noteRead(int count) {
    if (!retained) {
      return consumed(count);
    }
    unacknowledged += count;
    return 0;
  }

  /** The user keeps so many bytes more of what was read here. */
  void acknowledge(long bytes) {
    int granted;
    lock.lock();
    try {
      if (!retained) {
        throw new IllegalStateException("the output of this process is not kept");
      }
      // After close() all was.
      if (discarding) {
        return;
      }
      if (bytes < 0 || bytes > unacknowledged) {
        throw new IllegalArgumentException(
            bytes + " bytes acknowledged of " + unacknowledged + " that were read");
      }
      unacknowledged -= (int) bytes;
      granted = consumed((int) bytes);
    } finally {
      lock.unlock();
    }
    grant(granted);
  }

  /** Waits for something to read; false at the end. */
  private boolean awaitData() throws IOException, InterruptedException {
    while (held == 0) {
      if (discarding) {
        throw new IOException("the stream is closed");
      }
      if (ended) {
        return false;
      }
      if (failure != null) {
        throw new IOException(failure.getMessage(), failure);
      }
      arrived.await();
    }
    return true;
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    int granted;
    lock.lock();
    try {
      discarding = true;
      granted = consumed(held + unacknowledged);
      held = 0;
      unacknowledged = 0;
      ring = new byte[0];
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    grant(granted);
  }

  /** Notes that {@code count} bytes have left; the grant that is due, or 0. */
  private int consumed(int count) {
    ungranted += count;
    if (ungranted < (retained ? RETAINED_GRANT_BYTES : GRANT_BYTES) || ended || failure != null) {
      return 0;
    }
    int due = ungranted;
    ungranted = 0;
    credit += due;
    return due;
  }

  private void grant(int bytes) {
    if (bytes > 0) {
      grant.accept(bytes);
    }
  }

  private void append(byte[] data) {
    if (held + data.length > ring.length) {
      int size = ring.length;
      while (size < held + data.length) {
        size *= 2;
      }
      byte[] larger = new byte[size];
      copyOut(larger, 0, held);
      ring = larger;
      head = 0;
    }
    int tail = (head + held) % ring.length;
    int first = Math.min(data.length, ring.length - tail);
    System.arraycopy(data, 0, ring, tail, first);
    System.arraycopy(data, first, ring, 0, data.length - first);
    held += data.length;
  }

  private int take(byte[] target, int offset, int length) {
    int count = Math.min(length, held);
    copyOut(target, offset, count);
    head = (head + count) % ring.length;
    held -= count;
    return count;
  }

  private void copyOut(byte[] target, int offset, int count) {
    int first = Math.min(count, ring.length - head);
    System.arraycopy(ring, head, target, offset, first);
    System.arraycopy(ring, 0, target, offset + first, count - first);
  }
}
