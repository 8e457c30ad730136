package dev.containertui.tui.screen.jshell;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bytes from one thread to another. Unlike those of {@code java.io}, it does not care which threads
 * these are, or whether they still live.
 */
final class KeyPipe {
  private static final int MAX_BYTES = 1 << 20;

  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private int offset; // into the first piece
  private int size;
  private boolean closed;
  final InputStream input = new Input();
  final OutputStream output = new Output();

  /** The reader gets what is there, and then the end. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  private void await() throws IOException {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private final class Input extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
      synchronized (KeyPipe.this) {
        while (size == 0) {
          if (closed) {
            return -1;
          }
          KeyPipe.this.await();
        }
        byte[] piece = pieces.getFirst();
        int n = Math.min(length, piece.length - offset);
        System.arraycopy(piece, offset, buffer, start, n);
        offset += n;
        size -= n;
        if (offset == piece.length) {
          pieces.removeFirst();
          offset = 0;
        }
        KeyPipe.this.notifyAll();
        return n;
      }
    }

    @Override
    public int available() {
      synchronized (KeyPipe.this) {
        return size;
      }
    }

    @Override
    public void close() {
      KeyPipe.this.close();
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    /** Waits while the reader is far behind. */
    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      if (length == 0) {
        return;
      }
      byte[] piece = java.util.Arrays.copyOfRange(bytes, start, start + length);
      synchronized (KeyPipe.this) {
        while (size > MAX_BYTES && !closed) {
          KeyPipe.this.await();
        }
        if (closed) {
          throw new IOException("closed");
        }
        pieces.addLast(piece);
        size += length;
        KeyPipe.this.notifyAll();
      }
    }
  }
}
