package dev.containertui.engine.api.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An answer's body of unknown length: chunked (RFC 9112 section 7.1), or to the connection's end
 * for clients that do not know that. Collects what is written until it is flushed or much.
 */
final class ResponseBody extends OutputStream {
  private static final int BUFFER_BYTES = 32 << 10;
  private static final byte[] END = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LINE_END = {'\r', '\n'};

  private final OutputStream socket;
  private final boolean chunked;
  private final byte[] buffer;
  private int used;
  private boolean closed;

  ResponseBody(OutputStream socket, boolean chunked) {
    this.socket = socket;
    this.chunked = chunked;
    this.buffer = new byte[BUFFER_BYTES];
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the answer has ended");
    }
    for (int done = 0; done < length; ) {
      int count = Math.min(length - done, buffer.length - used);
      System.arraycopy(bytes, offset + done, buffer, used, count);
      used += count;
      done += count;
      if (used == buffer.length) {
        flush();
      }
    }
  }

  @Override
  public void flush() throws IOException {
    if (used == 0) {
      return;
    }
    if (chunked) {
      byte[] size = (Integer.toHexString(used) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      byte[] chunk = new byte[size.length + used + LINE_END.length];
      System.arraycopy(size, 0, chunk, 0, size.length);
      System.arraycopy(buffer, 0, chunk, size.length, used);
      System.arraycopy(LINE_END, 0, chunk, size.length + used, LINE_END.length);
      socket.write(chunk);
    } else {
      socket.write(buffer, 0, used);
    }
    used = 0;
  }

  /** Ends the answer. One that is not closed was broken off, and the client sees that. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      flush();
      closed = true;
      if (chunked) {
        socket.write(END);
      }
    }
  }

  boolean isClosed() {
    return closed;
  }
}
