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
    out.write(b);
    out.flush();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
