package dev.containertui.tui.terminal;

import com.googlecode.lanterna.TerminalSize;
import dev.containertui.tui.draw.Frame;
import dev.containertui.tui.vt.Key;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingInputStream;

/**
 * The user's terminal in full-screen mode: alternate screen, raw keys. {@link #close} puts
 * everything back and may be called more than once, from any thread.
 */
public final class HostTerminal implements Screen {
  /** How long an ESC waits for what may follow it. */
  private static final long ESCAPE_MILLIS = 60;

  private static final String ENTER = "\u001b[?2004h";

  /** Everything we or Lanterna may have switched on; each is harmless if it was off. */
  private static final String LEAVE = "\u001b[?2004l\u001b[0m\u001b[?25h\u001b[?1049l";

  private final Terminal terminal;
  private final Attributes original;
  private final Painter painter;
  private boolean closed;

  private HostTerminal(Terminal terminal, ColorDepth depth) throws IOException {
    this.terminal = terminal;
    original = terminal.getAttributes();
    OutputStream output = new BufferedOutputStream(terminal.output(), 1 << 16);
    painter = new Painter(output, this::lanternaSize, depth);
  }

  /**
   * Takes the terminal over.
   *
   * @throws IOException if standard input and output are no terminal
   */
  public static HostTerminal open(ColorDepth depth) throws IOException {
    Terminal terminal =
        TerminalBuilder.builder()
            .system(true)
            .dumb(false)
            .jansi(false)
            .jna(false)
            .encoding(StandardCharsets.UTF_8)
            .nativeSignals(true)
            .build();
    HostTerminal host = new HostTerminal(terminal, depth);
    try {
      host.enter();
    } catch (IOException | RuntimeException e) {
      host.close();
      throw e;
    }
    return host;
  }

  private void enter() throws IOException {
    terminal.enterRawMode();
    Attributes raw = terminal.getAttributes();
    raw.setLocalFlag(LocalFlag.ISIG, false); // Ctrl-C and Ctrl-Z are keys here
    terminal.setAttributes(raw);
    painter.start();
    terminal.output().write(ENTER.getBytes(StandardCharsets.US_ASCII));
    terminal.output().flush();
  }

  @Override
  public void onResize(Runnable listener) {
    terminal.handle(Terminal.Signal.WINCH, signal -> listener.run());
  }

  /** Hands keys to {@code sink} until the terminal ends; runs in the calling thread. */
  @Override
  public void readKeys(Consumer<Key> sink) throws IOException {
    KeyDecoder decoder = new KeyDecoder(sink);
    NonBlockingInputStream input = (NonBlockingInputStream) terminal.input();
    while (true) {
      int b = decoder.isOpen() ? input.read(ESCAPE_MILLIS) : input.read();
      if (b == NonBlockingInputStream.READ_EXPIRED) {
        decoder.pause();
      } else if (b < 0) {
        return;
      } else {
        decoder.accept(b);
      }
    }
  }

  @Override
  public int columns() {
    return lanternaSize().getColumns();
  }

  @Override
  public int rows() {
    return lanternaSize().getRows();
  }

  private TerminalSize lanternaSize() {
    Size size = terminal.getSize();
    // A terminal that does not know its size says 0.
    return new TerminalSize(
        size.getColumns() > 0 ? size.getColumns() : 80, size.getRows() > 0 ? size.getRows() : 24);
  }

  @Override
  public synchronized void paint(Frame frame) {
    if (closed) {
      return;
    }
    try {
      painter.paint(frame);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void repaintAll() {
    painter.invalidate();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      painter.stop();
    } catch (IOException | RuntimeException e) {
      // the sequences below say it again, by another way
    }
    terminal.setAttributes(original);
    leaveDirectly();
    try {
      terminal.close();
    } catch (IOException e) {
      // the attributes are back and nothing is left to do
    }
  }

  /**
   * JLine's own shutdown hook may have closed its output by now, so this goes to the terminal
   * device itself.
   */
  private static void leaveDirectly() {
    try (FileOutputStream tty = new FileOutputStream("/dev/tty")) {
      tty.write(LEAVE.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // the terminal is gone: nothing to put back
    }
  }
}
