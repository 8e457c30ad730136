package dev.containertui.tui.terminal;

import com.googlecode.lanterna.TerminalSize;
import dev.containertui.tui.draw.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A terminal that takes all bytes and counts them. */
public final class CountingTerminal {
  private final Painter painter;
  private long bytes;

  public CountingTerminal(int columns, int rows) throws IOException {
    OutputStream counted =
        new OutputStream() {
          @Override
          public void write(int b) {
            bytes++;
          }

          @Override
          public void write(byte[] more, int offset, int length) {
            bytes += length;
          }
        };
    painter =
        new Painter(
            counted,
            () -> new TerminalSize(columns, rows),
            LineStyles.of(ColorDepth.TRUE_COLOR, java.util.Map.of()));
    painter.start();
  }

  /** Sends a picture, all of it or what has changed. */
  public void paint(Frame frame, boolean whole) {
    try {
      if (whole) {
        painter.invalidate();
      }
      painter.paint(frame);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long bytes() {
    return bytes;
  }
}
