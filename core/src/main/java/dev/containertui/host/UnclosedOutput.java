package dev.containertui.host;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Output that is lent to a writer: when that closes it, it is flushed, and its owner goes on. */
public final class UnclosedOutput extends FilterOutputStream {
  /**
   * @param out stays open
   */
  public UnclosedOutput(OutputStream out) {
    super(out);
  }

  /** In one go: what this would inherit writes byte by byte. */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
