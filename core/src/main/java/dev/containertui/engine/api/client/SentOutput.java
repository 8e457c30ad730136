package dev.containertui.engine.api.client;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Standard input of a process: what is written goes out at once. */
final class SentOutput extends FilterOutputStream {
  SentOutput(OutputStream to) {
    super(to);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
      out.flush();
    } catch (IllegalStateException e) {
      throw gone(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } catch (IllegalStateException e) {
      throw gone(e);
    }
  }

  /** How OkHttp says that the other end has gone meanwhile. */
  private static IOException gone(IllegalStateException e) {
    return new IOException("the process has ended, or its connection has", e);
  }
}
