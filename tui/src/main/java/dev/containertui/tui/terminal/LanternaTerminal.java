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
 */
final class LanternaTerminal extends ANSITerminal {
  static final SGR DIM = SGR.FRAKTUR;

  private final Supplier<TerminalSize> size;
  private final GlyphTokens tokens;
  private boolean bold;
  private boolean dim;

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
  public void putString(String string) throws IOException {
    writeToTerminal(tokens.text(string).getBytes(StandardCharsets.UTF_8));
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
