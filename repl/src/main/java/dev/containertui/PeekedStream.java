package dev.containertui;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A stream that can be looked at without reading it: what was looked at is still there for who
 * reads. Until somebody looks it passes reads on; then a thread fetches ahead, as far as the buffer
 * holds, and whoever writes waits for a reader beyond that.
 */
final class PeekedStream extends InputStream {
  private static final int CAPACITY = 1 << 20;
  private static final int CHUNK = 32 << 10;

  private final InputStream source;
  private byte[] held;
  private int start;
  private int size;
  private boolean ended;
  private boolean closed;
  private IOException failure;

  PeekedStream(InputStream source) {
    this.source = source;
  }

  /** What has arrived and was not read yet; at most a mebibyte. */
  synchronized byte[] peek() {
    if (held == null && !closed) {
      held = new byte[CHUNK];
      Thread.ofVirtual().name("output").start(this::fetch);
    }
    return held == null ? new byte[0] : Arrays.copyOfRange(held, start, start + size);
  }

  /** Whether all that will come has arrived. */
  synchronized boolean complete() {
    return ended;
  }

  private void fetch() {
    byte[] chunk = new byte[CHUNK];
    try {
      for (int n = source.read(chunk); n >= 0; n = source.read(chunk)) {
        append(chunk, n);
      }
      end(null);
    } catch (IOException e) {
      end(e);
    } catch (InterruptedException e) {
      end(new IOException("interrupted", e));
    }
  }

  private synchronized void append(byte[] chunk, int length) throws InterruptedException {
    while (size > 0 && size + length > CAPACITY && !closed) {
      wait();
    }
    if (start + size + length > held.length) {
      byte[] to = size + length > held.length ? new byte[(size + length) * 2] : held;
      System.arraycopy(held, start, to, 0, size);
      held = to;
      start = 0;
    }
    System.arraycopy(chunk, 0, held, start + size, length);
    size += length;
    notifyAll();
  }

  private synchronized void end(IOException why) {
    ended = true;
    failure = why;
    notifyAll();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    synchronized (this) {
      if (held != null) {
        return take(bytes, offset, length);
      }
    }
    return source.read(bytes, offset, length);
  }

  private int take(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      while (size == 0 && !ended && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (size == 0 && failure != null) {
      throw failure;
    }
    if (size == 0) {
      return -1;
    }
    int n = Math.min(size, length);
    System.arraycopy(held, start, bytes, offset, n);
    start += n;
    size -= n;
    notifyAll();
    return n;
  }

  @Override
  public int available() throws IOException {
    synchronized (this) {
      if (held != null) {
        return size;
      }
    }
    return source.available();
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    source.close();
  }
}
