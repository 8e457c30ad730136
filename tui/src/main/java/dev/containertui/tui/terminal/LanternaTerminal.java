package dev.containertui.tui.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Lanterna's view of a terminal that JLine owns: it writes and never reads (keys go through {@link
 * KeyDecoder}). Writes whole strings, so that characters outside the BMP survive; {@link
 * SGR#FRAKTUR} stands for dim, which Lanterna lacks and nobody's terminal has Fraktur.
 *
 * <p>Terminals differ in how wide they show some texts ({@link DisputedWidth}). Around such a text
 * the cursor is put where it belongs, and what was below it is erased first, so that a terminal of
 * another opinion shows the rest of the row in its place.
 */
final class LanternaTerminal extends ANSITerminal {
  static final SGR DIM = SGR.FRAKTUR;

  private final Supplier<TerminalSize> size;
  private final GlyphTokens tokens;
  private boolean bold;
  private boolean dim;
  private int column;

  LanternaTerminal(OutputStream output, Supplier<TerminalSize> size, GlyphTokens tokens) {
    super(InputStream.nullInputStream(), output, StandardCharsets.UTF_8);
    this.size = size;
    this.tokens = tokens;
  }

  @Override
  protected TerminalSize findTerminalSize() {
    return size.get();
  }

  @Override
  public void setCursorPosition(int x, int y) throws IOException {
    super.setCursorPosition(x, y);
    column = x;
  }

  @Override
  public void putString(String string) throws IOException {
    String text = tokens.text(string);
    int cells = GlyphTokens.cells(string);
    if (DisputedWidth.in(text)) {
      text = " ".repeat(cells) + toColumn(column) + text + toColumn(column + cells);
    }
    column += cells;
    writeToTerminal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String toColumn(int column) {
    return "\u001b[" + (column + 1) + "G";
  }

  @Override
  public void enableSGR(SGR sgr) throws IOException {
    if (sgr == DIM) {
      dim = true;
      csi("2m");
    } else {
      bold |= sgr == SGR.BOLD;
      super.enableSGR(sgr);
    }
  }

  /** 22 ends both bold and dim, so the one that stays is said again. */
  @Override
  public void disableSGR(SGR sgr) throws IOException {
    if (sgr != DIM && sgr != SGR.BOLD) {
      super.disableSGR(sgr);
      return;
    }
    dim &= sgr != DIM;
    bold &= sgr != SGR.BOLD;
    csi("22m");
    if (dim) {
      csi("2m");
    }
    if (bold) {
      csi("1m");
    }
  }

  @Override
  public void resetColorAndSGR() throws IOException {
    bold = false;
    dim = false;
    super.resetColorAndSGR();
  }

  private void csi(String tail) throws IOException {
    writeToTerminal(("\u001b[" + tail).getBytes(StandardCharsets.US_ASCII));
  }
}
