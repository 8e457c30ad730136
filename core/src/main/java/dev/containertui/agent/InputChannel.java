package dev.containertui.agent;

import dev.containertui.error.EngineException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is written here, on its way to a process's standard input or terminal. A write waits until
 * the guest has granted credit for all of it (PROTOCOL.md section 5).
 */
final class InputChannel extends OutputStream {
  private static final int MAX_CREDIT = 1 << 30;
  private static final int MAX_CHUNK_BYTES = 32 * 1024;

  /** Control-D, the end-of-file character of a terminal. */
  private static final byte END_OF_TRANSMISSION = 4;

  /** Where the bytes go. */
  interface Sink {
    /** Sends data; waits for room if it must. */
    void data(byte[] bytes) throws IOException, InterruptedException;

    /**
     * Sends the end of input; never waits.
     *
     * @param characters on a terminal, what means the end there; else empty
     */
    void end(byte[] characters);
  }

  private final Sink sink;
  private final boolean terminal;

  /** Held for a whole write, so that two writers' bytes do not mix. */
  private final ReentrantLock writing = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long credit;
  private boolean closed;
  private boolean over;
  private EngineException failure;
  private volatile byte last = '\n';

  InputChannel(Sink sink, boolean terminal) {
    this.sink = sink;
    this.terminal = terminal;
  }

  /** The guest takes {@code bytes} more. */
  void grant(long bytes) throws ProtocolViolation {
    lock.lock();
    try {
      if (bytes < 1 || credit + bytes > MAX_CREDIT) {
        throw new ProtocolViolation("credit out of range");
      }
      credit += bytes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The process has ended; writers get an error, as from a broken pipe. */
  void processEnded() {
    lock.lock();
    try {
      over = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void fail(EngineException reason) {
    lock.lock();
    try {
      failure = reason;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    try {
      writing.lockInterruptibly();
      try {
        int done = 0;
        while (done < length) {
          int count = reserve(Math.min(length - done, MAX_CHUNK_BYTES));
          sink.data(Arrays.copyOfRange(source, offset + done, offset + done + count));
          done += count;
          last = source[offset + done - 1];
        }
      } finally {
        writing.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while writing to a container");
    }
  }

  /** Waits for credit and takes at most {@code wanted} of it. */
  private int reserve(int wanted) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (closed) {
          throw new IOException("the stream is closed");
        }
        if (over) {
          throw new IOException("broken pipe: the process has ended");
        }
        if (failure != null) {
          throw new IOException(failure.getMessage(), failure);
        }
        if (credit > 0) {
          int count = (int) Math.min(wanted, credit);
          credit -= count;
          return count;
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the input; never waits. A terminal has no end of its own: its line discipline makes one of
   * a Control-D at the start of a line; one within a line only passes the line on, so there it
   * takes two. They are left out if the terminal takes no more input.
   */
  @Override
  public void close() {
    boolean send;
    lock.lock();
    try {
      send = !closed && !over && failure == null;
      closed = true;
      changed.signalAll();
      if (terminal && send) {
        send = credit >= 2;
      }
    } finally {
      lock.unlock();
    }
    if (send) {
      sink.end(terminal ? endOfTransmission() : new byte[0]);
    }
  }

  private byte[] endOfTransmission() {
    byte[] end = new byte[last == '\n' || last == '\r' ? 1 : 2];
    Arrays.fill(end, END_OF_TRANSMISSION);
    return end;
  }
}
