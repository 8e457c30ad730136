package dev.containertui.tui.terminal;

import com.googlecode.lanterna.TerminalSize;
import dev.containertui.tui.draw.Frame;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Mouse;
import java.io.BufferedOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

  /** How soon the reader of keys sees that the terminal is to be closed. */
  private static final long IDLE_MILLIS = 200;

  private static final String ALTERNATE_SCREEN = "\u001b[?1049h";

  private static final int INTERRUPTED_EXIT_CODE = 130;

  /** Pastes in brackets. */
  private static final String ENTER = "\u001b[?2004h";

  /** Buttons, drags and the wheel, in SGR's form. */
  private static final String MOUSE_ON = "\u001b[?1002h\u001b[?1006h";

  private static final String MOUSE_OFF = "\u001b[?1006l\u001b[?1003l\u001b[?1002l";

  /** All movement; what ends it ends the rest of {@link #MOUSE_ON} in some terminals. */
  private static final String MOVEMENT_ON = "\u001b[?1003h";

  private static final String MOVEMENT_OFF = "\u001b[?1003l" + MOUSE_ON;

  /** Everything we or Lanterna may have switched on; each is harmless if it was off. */
  private static final String LEAVE =
      "\u001b[?1006l\u001b[?1003l\u001b[?1002l\u001b[?2004l\u001b[0m\u001b[?25h\u001b[?1049l";

  private final Terminal terminal;
  private final SavedTerminal saved;
  private final Painter painter;
  private volatile TerminalSize size;
  private volatile boolean closed;
  private volatile boolean suspended;
  private boolean mouse;
  private boolean movement; // the terminal tells of it
  private int cursorShape; // that we gave it; 0: none
  private Attributes raw;
  private volatile Runnable resized = () -> {};
  private final AtomicBoolean reading = new AtomicBoolean();

  private HostTerminal(Terminal terminal, ColorDepth depth) throws IOException {
    this.terminal = terminal;
    saved = SavedTerminal.save();
    size = askSize();
    OutputStream output = new BufferedOutputStream(terminal.output(), 1 << 16);
    painter = new Painter(output, () -> size, LineStyles.of(depth, System.getenv()));
  }

  /**
   * Takes the terminal over.
   *
   * @throws IOException if standard input and output are no terminal, or one without a cursor
   */
  public static HostTerminal open(ColorDepth depth) throws IOException {
    HostTerminal host = new HostTerminal(take(), depth);
    try {
      host.enter();
    } catch (IOException | RuntimeException e) {
      host.close();
      throw e;
    }
    return host;
  }

  private static Terminal take() throws IOException {
    if ("dumb".equals(System.getenv("TERM"))) {
      throw new IOException("TERM=dumb is none that text can be placed on");
    }
    try {
      return TerminalBuilder.builder()
          .system(true)
          // By way of stty(1): the other providers set a line speed of 0, which hangs up a real
          // line and stays behind on any.
          .provider("exec")
          .dumb(false)
          .encoding(StandardCharsets.UTF_8)
          .nativeSignals(true)
          .build();
    } catch (IllegalStateException e) {
      throw new IOException("standard input and output are none", e);
    }
  }

  private void enter() throws IOException {
    handleSignals();
    terminal.enterRawMode();
    raw = terminal.getAttributes();
    raw.setLocalFlag(LocalFlag.ISIG, false); // Ctrl-C and Ctrl-Z are keys here
    terminal.setAttributes(raw);
    painter.start();
    write(ENTER);
  }

  /**
   * JLine sets its signals to the system's defaults, which end or stop the process on the spot, the
   * terminal as it is. SIGTERM and SIGHUP stay with the JVM.
   */
  private void handleSignals() {
    terminal.handle(
        Terminal.Signal.INT,
        signal -> Thread.ofPlatform().start(() -> System.exit(INTERRUPTED_EXIT_CODE)));
    terminal.handle(Terminal.Signal.QUIT, Terminal.SignalHandler.SIG_IGN);
    terminal.handle(Terminal.Signal.TSTP, Terminal.SignalHandler.SIG_IGN);
    terminal.handle(
        Terminal.Signal.CONT, signal -> Thread.ofPlatform().daemon().start(this::continued));
  }

  /** Somebody has stopped us and let us go on: the terminal may be as a shell left it. */
  private void continued() {
    synchronized (this) {
      if (closed || suspended) {
        return;
      }
      take(raw);
    }
    resized.run();
  }

  /** Makes the terminal ours again; to be called with this object's lock. */
  private void take(Attributes ours) {
    terminal.setAttributes(ours);
    write(ALTERNATE_SCREEN + ENTER + (mouse ? MOUSE_ON : ""));
    movement = false; // until the next picture
    cursorShape = 0;
    size = askSize();
    painter.invalidate();
  }

  @Override
  public void onResize(Runnable listener) {
    resized = listener;
    terminal.handle(
        Terminal.Signal.WINCH,
        signal -> {
          size = askSize();
          listener.run();
        });
  }

  @Override
  public void readKeys(Consumer<Key> keys, Consumer<Mouse> mouse) throws IOException {
    KeyDecoder decoder = new KeyDecoder(keys, mouse);
    NonBlockingInputStream input = (NonBlockingInputStream) terminal.input();
    reading.set(true);
    try {
      while (!closed) {
        if (suspended) {
          awaitResumption();
          continue;
        }
        int b = input.read(decoder.isOpen() ? ESCAPE_MILLIS : IDLE_MILLIS);
        if (b == NonBlockingInputStream.READ_EXPIRED) {
          decoder.pause();
        } else if (b < 0) {
          return;
        } else {
          decoder.accept(b);
        }
      }
    } finally {
      reading.set(false);
    }
  }

  private void awaitResumption() {
    reading.set(false);
    synchronized (this) {
      while (suspended && !closed) {
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
    reading.set(true);
  }

  /** Without what would do more than be text where it is pasted. */
  private static String printable(String text) {
    return text.codePoints()
        .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Override
  public synchronized void mouse(boolean ours) {
    mouse = ours;
    if (!closed && !suspended) {
      write(ours ? MOUSE_ON : MOUSE_OFF);
      movement = false;
    }
  }

  @Override
  public synchronized void clipboard(String text) {
    if (closed || suspended) {
      return;
    }
    String base64 =
        Base64.getEncoder().encodeToString(printable(text).getBytes(StandardCharsets.UTF_8));
    write("\u001b]52;c;" + base64 + "\u0007");
  }

  @Override
  public void suspend(Runnable work) {
    synchronized (this) {
      if (closed || suspended) {
        return;
      }
      suspended = true;
    }
    awaitReader();
    // What the reader of keys has made of it: waiting for bytes a tenth of a second at most.
    Attributes ours = terminal.getAttributes();
    try {
      saved.restore(leave());
      terminal.handle(Terminal.Signal.TSTP, Terminal.SignalHandler.SIG_DFL); // as of any program
      work.run();
    } finally {
      terminal.handle(Terminal.Signal.TSTP, Terminal.SignalHandler.SIG_IGN);
      synchronized (this) {
        suspended = false;
        if (!closed) {
          take(ours);
        }
        notifyAll();
      }
      resized.run();
    }
  }

  private void write(String text) {
    try {
      terminal.output().write(text.getBytes(StandardCharsets.UTF_8));
      terminal.output().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * JLine's reader sets the terminal's attributes when it finds them changed, so it must be out of
   * the way before they are put back.
   */
  private void awaitReader() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    while (reading.get() && System.nanoTime() < deadline) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public int columns() {
    return size.getColumns();
  }

  @Override
  public int rows() {
    return size.getRows();
  }

  /** Costs a process, so the answer is kept until the size changes. */
  private TerminalSize askSize() {
    Size asked = terminal.getSize();
    // A terminal that does not know its size says 0.
    return new TerminalSize(
        asked.getColumns() > 0 ? asked.getColumns() : 80,
        asked.getRows() > 0 ? asked.getRows() : 24);
  }

  @Override
  public synchronized void paint(Frame frame) {
    if (closed || suspended) {
      return;
    }
    try {
      painter.paint(frame);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tell(frame);
  }

  /** What a guest that has the keyboard wants of the terminal besides its picture. */
  private void tell(Frame frame) {
    if (frame.cursorShape() != cursorShape) {
      cursorShape = frame.cursorShape();
      write(shape(cursorShape));
    }
    boolean wanted = mouse && frame.isMovementTracked();
    if (wanted != movement) {
      movement = wanted;
      write(wanted ? MOVEMENT_ON : mouse ? MOVEMENT_OFF : "");
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
    notifyAll();
    awaitReader();
    // JLine's own shutdown hook may have been here before: then each of these fails harmlessly.
    try {
      painter.stop();
    } catch (IOException | RuntimeException e) {
      // said again below, by another way
    }
    try {
      terminal.close();
    } catch (IOException | RuntimeException | IOError e) {
      // nothing that the next step would not do
    }
    saved.restore(leave());
  }

  /** A cursor that we did not touch stays as the user has it. */
  private String leave() {
    return LEAVE + (cursorShape == 0 ? "" : shape(0));
  }

  private static String shape(int shape) {
    return "\u001b[" + shape + " q";
  }
}
