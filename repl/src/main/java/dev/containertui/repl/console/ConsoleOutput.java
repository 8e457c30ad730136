package dev.containertui.repl.console;

import dev.containertui.Progress;
import dev.containertui.view.SafeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;

/**
 * Everything that reaches the terminal beside the prompt. While the user types, whole lines appear
 * above the prompt; while a snippet runs, bytes go straight through, and one status line can stand
 * at the bottom.
 */
public final class ConsoleOutput implements Progress {
  private static final long STATUS_INTERVAL_NANOS = 80_000_000;

  /** Above the prompt every status takes a line of its own. */
  private static final long LINE_INTERVAL_NANOS = 2_000_000_000;

  private final Terminal terminal;
  private final boolean cursorMoves;
  private final BooleanSupplier tells;
  private final PrintStream stream;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private volatile LineReader reader;
  private boolean midLine;
  private boolean statusShown;
  private long statusAt;

  /**
   * @param tells whether what goes on in the background is shown while the user types
   */
  public ConsoleOutput(Terminal terminal, BooleanSupplier tells) {
    this.terminal = terminal;
    this.tells = tells;
    this.cursorMoves = !terminal.getType().startsWith(Terminal.TYPE_DUMB);
    this.stream = new PrintStream(new Target(), true, StandardCharsets.UTF_8);
  }

  /** From now on this reader owns the prompt. */
  public void attach(LineReader owner) {
    reader = owner;
  }

  /** A stream to here, for {@code System.out}. */
  public PrintStream stream() {
    return stream;
  }

  public void println(String text) {
    stream.println(text);
    stream.flush();
  }

  /** Makes sure that the cursor is in the first column. */
  public synchronized void freshLine() {
    clearStatus();
    if (midLine) {
      write("\n");
      midLine = false;
    }
  }

  @Override
  public synchronized void status(String text) {
    long now = System.nanoTime();
    if (isReading()) {
      if (tells.getAsBoolean() && now - statusAt >= LINE_INTERVAL_NANOS) {
        statusAt = now;
        reader.printAbove(SafeText.line(text));
      }
      return;
    }
    if (!cursorMoves || (statusShown && now - statusAt < STATUS_INTERVAL_NANOS)) {
      return;
    }
    if (midLine) {
      freshLine();
    }
    statusAt = now;
    statusShown = true;
    int width = Math.max(20, terminal.getWidth() - 1);
    write("\r" + SafeText.clip(SafeText.line(text), width, "~") + "\u001b[K");
  }

  @Override
  public synchronized void done() {
    clearStatus();
  }

  private void clearStatus() {
    if (statusShown) {
      write("\r\u001b[K");
      statusShown = false;
    }
  }

  private boolean isReading() {
    LineReader owner = reader;
    return owner != null && owner.isReading();
  }

  private void write(String text) {
    terminal.writer().write(text);
    terminal.writer().flush();
  }

  private synchronized void emit(byte[] bytes, int offset, int length) {
    if (!isReading()) {
      flushHeldBack();
      clearStatus();
      try {
        terminal.output().write(bytes, offset, length);
        terminal.output().flush();
      } catch (IOException e) {
        return; // the terminal is gone: nobody is there to be told
      }
      midLine = length > 0 ? bytes[offset + length - 1] != '\n' : midLine;
      return;
    }
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        reader.printAbove(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(bytes[i]);
      }
    }
  }

  private void flushHeldBack() {
    if (line.size() > 0) {
      write(line.toString(StandardCharsets.UTF_8));
      line.reset();
      midLine = true;
    }
  }

  private final class Target extends OutputStream {
    @Override
    public void write(int b) {
      emit(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      emit(bytes, offset, length);
    }
  }
}
