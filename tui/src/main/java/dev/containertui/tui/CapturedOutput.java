package dev.containertui.tui;

import dev.containertui.view.SafeText;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps what libraries print to standard output and error off the screen while it is ours; shown on
 * standard error afterwards.
 */
final class CapturedOutput implements AutoCloseable {
  private static final int MAX_BYTES = 64 * 1024;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean closed;

  CapturedOutput() {
    PrintStream sink =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) {
                keep(new byte[] {(byte) b}, 0, 1);
              }

              @Override
              public void write(byte[] bytes, int offset, int length) {
                keep(bytes, offset, length);
              }
            },
            true,
            StandardCharsets.UTF_8);
    System.setOut(sink);
    System.setErr(sink);
  }

  private synchronized void keep(byte[] bytes, int offset, int length) {
    kept.write(bytes, offset, Math.min(length, Math.max(0, MAX_BYTES - kept.size())));
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    System.setOut(out);
    System.setErr(err);
    // Failures of threads may quote guests.
    err.print(SafeText.block(kept.toString(StandardCharsets.UTF_8)));
    err.flush();
  }
}
