package dev.containertui.tui.vt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A terminal of the xterm family (TERM=xterm-256color) without a window: bytes go in, {@link
 * TerminalView}s come out. Safe for use by several threads.
 */
public final class Emulator {
  /** The largest size that {@link #resize} takes in either direction. */
  public static final int MAX_SIZE = 1000;

  private final Interpreter interpreter;
  private final Parser parser;
  private final Utf8Decoder decoder = new Utf8Decoder();

  /**
   * @param historyLines rows kept after they left the screen
   * @param replies gets what the terminal answers to the guest's questions; must not block
   */
  public Emulator(int columns, int rows, int historyLines, Consumer<String> replies) {
    interpreter = new Interpreter(clip(columns), clip(rows), historyLines, replies);
    parser = new Parser(interpreter);
  }

  private static int clip(int size) {
    return Math.clamp(size, 1, MAX_SIZE);
  }

  /** Takes bytes of the guest's output, whatever they are. */
  public synchronized void feed(byte[] bytes, int offset, int length) {
    decoder.decode(bytes, offset, length, parser::accept);
  }

  public void feed(byte[] bytes) {
    feed(bytes, 0, bytes.length);
  }

  /** Sets the size; content is cropped or kept, not reflowed. */
  public synchronized void resize(int columns, int rows) {
    interpreter.resize(clip(columns), clip(rows));
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

  /** What is seen when looking {@code scrolledBack} rows back; 0 is the present. */
  public synchronized TerminalView view(int scrolledBack) {
    int historySize = interpreter.onAlternate() ? 0 : interpreter.history.size();
    int back = Math.clamp(scrolledBack, 0, historySize);
    int rows = interpreter.grid.rows();
    List<Line> lines = new ArrayList<>(rows);
    for (int y = 0; y < rows; y++) {
      int row = y - back;
      lines.add(
          row < 0
              ? interpreter.history.get(historySize + row).copy()
              : interpreter.grid.line(row).copy());
    }
    Cursor cursor = interpreter.cursor;
    int cursorRow = cursor.row + back;
    return new TerminalView(
        interpreter.grid.columns(),
        lines,
        cursor.column,
        cursorRow,
        interpreter.modes.cursorVisible && cursorRow < rows,
        back,
        historySize,
        interpreter.modes.reverseScreen);
  }

  public synchronized KeyModes keyModes() {
    Modes modes = interpreter.modes;
    return new KeyModes(
        modes.applicationCursor, modes.applicationKeypad, modes.bracketedPaste, modes.newLine);
  }

  /** What the guest asked mouse reports for: 0 nothing, else DEC mode 9, 1000, 1002 or 1003. */
  public synchronized int mouseMode() {
    return interpreter.modes.mouse;
  }

  public synchronized boolean mouseSgr() {
    return interpreter.modes.mouseSgr;
  }

  public synchronized boolean focusReports() {
    return interpreter.modes.focusReports;
  }

  /** DECSCUSR's value, 0–6. */
  public synchronized int cursorShape() {
    return interpreter.modes.cursorShape;
  }

  /** The title that the guest gave itself: printable characters only, at most 256. */
  public synchronized String title() {
    return interpreter.title;
  }

  /** How often the guest rang the bell. */
  public synchronized long bells() {
    return interpreter.bells;
  }
}
