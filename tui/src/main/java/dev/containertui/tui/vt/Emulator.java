package dev.containertui.tui.vt;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A terminal of the xterm family (TERM=xterm-256color) without a window: bytes go in, {@link
 * TerminalView}s come out. Safe for use by several threads.
 */
public final class Emulator {
  /** The largest size that {@link #resize} takes in either direction. */
  public static final int MAX_SIZE = 1000;

  /** How much memory the history takes at most, in bytes, as far as it can be reckoned. */
  public static final long MAX_HISTORY_BYTES = 32 << 20;

  private final Interpreter interpreter;
  private final Input input;
  private long revision;

  /**
   * @param historyLines rows kept after they left the screen, if {@link #MAX_HISTORY_BYTES} allows
   * @param host gets what the terminal answers to the guest's questions; must not block
   */
  public Emulator(int columns, int rows, int historyLines, TerminalHost host) {
    this(columns, rows, historyLines, MAX_HISTORY_BYTES, host, System::nanoTime);
  }

  Emulator(
      int columns,
      int rows,
      int historyLines,
      long historyBytes,
      TerminalHost host,
      LongSupplier nanoTime) {
    Scrollback history = new Scrollback(historyLines, historyBytes);
    interpreter =
        new Interpreter(clip(columns), clip(rows), history, host, new Synchronization(nanoTime));
    input = new Input(interpreter);
  }

  private static int clip(int size) {
    return Math.clamp(size, 1, MAX_SIZE);
  }

  /** Takes bytes of the guest's output, whatever they are. */
  public synchronized void feed(byte[] bytes, int offset, int length) {
    input.feed(bytes, offset, offset + length);
    revision++;
  }

  public void feed(byte[] bytes) {
    feed(bytes, 0, bytes.length);
  }

  /**
   * Sets the size. On the main screen and in the history, texts that were cut into rows are joined
   * and cut anew; the alternate screen is cropped, for its program to draw it anew.
   */
  public synchronized void resize(int columns, int rows) {
    interpreter.resize(clip(columns), clip(rows));
    revision++;
  }

  /** LF also returns to the first column: for output of programs that have no terminal. */
  public synchronized void setNewLineMode(boolean on) {
    interpreter.modes.newLine = on;
  }

  public synchronized int columns() {
    return interpreter.grid.columns();
  }

  public synchronized int rows() {
    return interpreter.grid.rows();
  }

  // --- what is to be seen

  /** Grows with whatever may have changed a view: where it is the same, so are the views. */
  public synchronized long revision() {
    return revision;
  }

  /**
   * What is seen when looking {@code scrolledBack} rows back; 0 is the present, or what the guest
   * holds still while it draws ({@link #heldStill}).
   */
  public synchronized TerminalView view(int scrolledBack) {
    TerminalView frozen = scrolledBack <= 0 ? interpreter.synchronization.frozen() : null;
    return frozen != null ? frozen : interpreter.view(scrolledBack);
  }

  /**
   * What is seen from row number {@code firstRow} on ({@link TerminalView#firstRow}): for who looks
   * back and wants to stay there while output goes on. The present if that row is on the screen,
   * the oldest rows if it is forgotten.
   */
  public synchronized TerminalView viewFrom(long firstRow) {
    Scrollback history = interpreter.history;
    long back = history.forgotten() + history.size() - Math.max(firstRow, history.forgotten());
    return view(Math.clamp(back, 0, history.size()));
  }

  /**
   * How long the present view may stay as it is although output arrived (synchronised output); a
   * renderer looks again after it. Zero if it is up to date.
   */
  public synchronized Duration heldStill() {
    return interpreter.synchronization.remaining();
  }

  /** DECSCUSR's value, 0–6. */
  public synchronized int cursorShape() {
    return interpreter.modes.cursorShape;
  }

  /** The title that the guest gave itself: printable characters only, at most about 256. */
  public synchronized String title() {
    return interpreter.commands.titles.title();
  }

  /**
   * Where the link with this number ({@link Line#link}) leads: an address of the web or of mail, in
   * ASCII, at most 2083 characters; empty if it is not known any more.
   */
  public synchronized String link(int number) {
    return interpreter.commands.links.address(number);
  }

  /** How often the guest rang the bell. */
  public synchronized long bells() {
    return interpreter.bells;
  }

  // --- searching and copying

  /**
   * Looks for a text in history and screen, oldest first. It may go over the end of a row that was
   * only full, not over a newline.
   *
   * @param limit the most places to find
   */
  public synchronized List<Match> search(String text, boolean ignoreCase, int limit) {
    return contents().search(text, ignoreCase, limit);
  }

  /**
   * The text from one place up to before another, whichever comes first: rows of one long line are
   * joined, spaces at the ends of lines left out.
   */
  public synchronized String text(Position one, Position other) {
    return contents().text(one, other);
  }

  private Contents contents() {
    return new Contents(interpreter.history, interpreter.grid, !interpreter.onAlternate());
  }

  // --- what is to be sent

  public synchronized KeyModes keyModes() {
    Modes modes = interpreter.modes;
    return new KeyModes(
        modes.applicationCursor, modes.applicationKeypad, modes.bracketedPaste, modes.newLine);
  }

  /** What the guest wants to hear of the mouse, for {@link MouseEncoder}. */
  public synchronized MouseModes mouseModes() {
    Modes modes = interpreter.modes;
    return new MouseModes(
        modes.tracking,
        modes.mouseEncoding,
        modes.alternateScroll && interpreter.onAlternate(),
        modes.applicationCursor);
  }

  /** Whether the guest wants {@link KeyEncoder#focus}. */
  public synchronized boolean focusReports() {
    return interpreter.modes.focusReports;
  }

  /** About how much memory the history takes, in bytes. */
  synchronized long historyBytes() {
    return interpreter.history.bytes();
  }
}
