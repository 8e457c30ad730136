package dev.containertui.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts frames on a channel, in the order given, from a thread of its own; so that nobody else is
 * ever stuck in a write, least of all the thread that reads.
 */
final class FrameWriter {
  /** Callers of {@link #send} wait while more than this is queued. */
  private static final int MAX_QUEUED_BYTES = 256 * 1024;

  /**
   * {@link #post} does not wait, so what it queues is bounded by count: a guest that provokes
   * answers and does not read them breaks the connection, not the host's memory.
   */
  private static final int MAX_QUEUED_FRAMES = 8192;

  private final WritableByteChannel channel;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<Frame> queue = new ArrayDeque<>();
  private final ByteBuffer out =
      ByteBuffer.allocateDirect(2 * Frame.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private int queuedBytes;
  private boolean closed;

  FrameWriter(WritableByteChannel channel) {
    this.channel = channel;
  }

  /**
   * Queues a frame, waiting for room.
   *
   * @return false if there was no room within {@code nanos}, or the connection ended
   */
  boolean send(Frame frame, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (!closed && queuedBytes > MAX_QUEUED_BYTES) {
        if (left <= 0) {
          return false;
        }
        left = room.awaitNanos(left);
      }
      return !closed && enqueue(frame);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Queues a frame without waiting.
   *
   * @return false if far too much is queued already
   */
  boolean post(Frame frame) {
    lock.lock();
    try {
      return closed || (queue.size() < MAX_QUEUED_FRAMES && enqueue(frame));
    } finally {
      lock.unlock();
    }
  }

  private boolean enqueue(Frame frame) {
    queue.add(frame);
    queuedBytes += frame.bytes();
    notEmpty.signal();
    return true;
  }

  /** Writes until {@link #close()}; the writer thread's body. */
  void run(byte[] preamble) throws IOException, InterruptedException {
    out.put(preamble);
    while (takeBatch()) {
      out.flip();
      while (out.hasRemaining()) {
        channel.write(out);
      }
      out.clear();
    }
  }

  /** Moves as many frames as fit to {@link #out}, at least one; false at the end. */
  private boolean takeBatch() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && queue.isEmpty()) {
        notEmpty.await();
      }
      while (!closed && !queue.isEmpty() && queue.peek().bytes() <= out.remaining()) {
        Frame frame = queue.poll();
        queuedBytes -= frame.bytes();
        frame.encode(out);
      }
      room.signalAll();
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the writer and everybody who waits for it. */
  void close() {
    lock.lock();
    try {
      closed = true;
      queue.clear();
      notEmpty.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
