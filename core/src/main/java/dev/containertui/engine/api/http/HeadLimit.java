package dev.containertui.engine.api.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.MessageConstraintException;

/**
 * Counts the bytes of a request's head. The parser limits the length and the number of lines, whose
 * product is more than a head may have.
 */
final class HeadLimit extends InputStream {
  private final InputStream source;
  private final int maxBytes;
  private int left;

  HeadLimit(InputStream source, int maxBytes) {
    this.source = source;
    this.maxBytes = maxBytes;
    this.left = maxBytes;
  }

  void restart() {
    left = maxBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (left <= 0) {
      throw new MessageConstraintException("more than " + maxBytes + " bytes of headers");
    }
    int count = source.read(target, offset, Math.min(length, left));
    left -= Math.max(count, 0);
    return count;
  }
}
