package dev.containertui.tui.vt;

import java.util.BitSet;
import java.util.function.Consumer;

/**
 * What text and controls do to the two screens: the part of a terminal between {@link Parser} and
 * {@link Grid}. Control sequences are in {@link ControlSequences}.
 */
final class Interpreter implements Parser.Handler {
  private static final int MAX_TITLE = 256;

  final Scrollback history;
  final Modes modes = new Modes();
  private final Consumer<String> replies;
  private final ControlSequences sequences = new ControlSequences(this);

  private final Grid main;
  private Grid alternate;
  Grid grid;
  Cursor cursor = new Cursor();
  private Cursor savedMain = new Cursor();
  private Cursor savedAlternate = new Cursor();
  int top;
  int bottom;
  final BitSet tabs = new BitSet();
  int lastPrinted;
  String title = "";
  long bells;

  Interpreter(int columns, int rows, int historyLines, Consumer<String> replies) {
    history = new Scrollback(historyLines);
    this.replies = replies;
    main = new Grid(columns, rows, history);
    grid = main;
    bottom = rows - 1;
    defaultTabs(0, columns);
  }

  boolean onAlternate() {
    return grid != main;
  }

  void reply(String text) {
    replies.accept(text);
  }

  // --- text

  @Override
  public void print(int codePoint) {
    int c = cursor.charset().map(codePoint);
    int width = CharWidth.of(c);
    if (width == 0) {
      combine(c);
      return;
    }
    lastPrinted = c;
    int columns = grid.columns();
    if (width > columns) {
      return;
    }
    if (cursor.wrapPending && modes.autoWrap) {
      wrap();
    }
    if (width == 2 && cursor.column == columns - 1) {
      if (modes.autoWrap) {
        grid.erase(cursor.row, cursor.column, columns, Style.erased(cursor.style));
        wrap();
      } else {
        cursor.column--;
      }
    }
    if (modes.insert) {
      grid.insertCells(cursor.row, cursor.column, width, Style.erased(cursor.style));
    }
    grid.put(cursor.row, cursor.column, c, width, cursor.style);
    cursor.column += width;
    cursor.wrapPending = cursor.column >= columns;
    if (cursor.wrapPending) {
      cursor.column = columns - 1;
    }
  }

  /** Marks join the character before them; other invisible characters are dropped. */
  private void combine(int mark) {
    if (Character.getType(mark) == Character.FORMAT) {
      return; // joiners and direction marks could move what the outer terminal draws
    }
    int column = cursor.wrapPending ? cursor.column : cursor.column - 1;
    if (column > 0 && grid.line(cursor.row).glyph(column) == Line.SPACER) {
      column--;
    }
    if (column >= 0 && grid.line(cursor.row).glyph(column) > 0) {
      grid.line(cursor.row).addMark(column, mark);
    }
  }

  private void wrap() {
    cursor.column = 0;
    lineFeed();
  }

  void repeat(int count) {
    if (lastPrinted != 0) {
      int most = Math.min(count, grid.columns() * grid.rows());
      for (int i = 0; i < most; i++) {
        print(lastPrinted);
      }
    }
  }

  // --- controls

  @Override
  public void control(int code) {
    switch (code) {
      case 0x07 -> bells++;
      case 0x08 -> move(cursor.column - 1, cursor.row);
      case 0x09 -> tabForward(1);
      case 0x0a, 0x0b, 0x0c -> {
        lineFeed();
        if (modes.newLine) {
          cursor.column = 0;
        }
      }
      case 0x0d -> move(0, cursor.row);
      case 0x0e -> cursor.shiftedOut = true;
      case 0x0f -> cursor.shiftedOut = false;
      default -> {}
    }
  }

  /** Down one row; at the bottom margin the region scrolls. */
  void lineFeed() {
    cursor.wrapPending = false;
    if (cursor.row == bottom) {
      grid.scrollUp(top, bottom, 1, Style.erased(cursor.style));
    } else if (cursor.row < grid.rows() - 1) {
      cursor.row++;
    }
  }

  private void reverseLineFeed() {
    cursor.wrapPending = false;
    if (cursor.row == top) {
      grid.scrollDown(top, bottom, 1, Style.erased(cursor.style));
    } else if (cursor.row > 0) {
      cursor.row--;
    }
  }

  void move(int column, int row) {
    cursor.column = Math.clamp(column, 0, grid.columns() - 1);
    cursor.row = Math.clamp(row, 0, grid.rows() - 1);
    cursor.wrapPending = false;
  }

  void tabForward(int count) {
    int column = cursor.column;
    for (int i = 0; i < count && column < grid.columns() - 1; i++) {
      int next = tabs.nextSetBit(column + 1);
      column = next < 0 ? grid.columns() - 1 : Math.min(next, grid.columns() - 1);
    }
    move(column, cursor.row);
  }

  void tabBackward(int count) {
    int column = cursor.column;
    for (int i = 0; i < count && column > 0; i++) {
      column = Math.max(0, tabs.previousSetBit(column - 1));
    }
    move(column, cursor.row);
  }

  private void defaultTabs(int from, int to) {
    for (int x = (from + 7) / 8 * 8; x < to; x += 8) {
      tabs.set(x);
    }
  }

  // --- sequences

  @Override
  public void escape(int intermediate, int last) {
    switch (intermediate) {
      case 0 -> plainEscape(last);
      case '(' -> cursor.g0 = last == '0' ? Charset.LINE_DRAWING : Charset.ASCII;
      case ')' -> cursor.g1 = last == '0' ? Charset.LINE_DRAWING : Charset.ASCII;
      case '#' -> {
        if (last == '8') {
          top = 0;
          bottom = grid.rows() - 1;
          move(0, 0);
          grid.fill('E');
        }
      }
      default -> {}
    }
  }

  private void plainEscape(int last) {
    switch (last) {
      case '7' -> saveCursor();
      case '8' -> restoreCursor();
      case '=' -> modes.applicationKeypad = true;
      case '>' -> modes.applicationKeypad = false;
      case 'D' -> lineFeed();
      case 'E' -> {
        cursor.column = 0;
        lineFeed();
      }
      case 'H' -> tabs.set(cursor.column);
      case 'M' -> reverseLineFeed();
      case 'Z' -> sequences.primaryAttributes();
      case 'c' -> reset();
      default -> {}
    }
  }

  @Override
  public void csi(int prefix, Parameters parameters, int intermediate, int last) {
    sequences.dispatch(prefix, parameters, intermediate, last);
  }

  @Override
  public void osc(String text) {
    int semicolon = text.indexOf(';');
    String command = semicolon < 0 ? text : text.substring(0, semicolon);
    if (semicolon >= 0 && (command.equals("0") || command.equals("2"))) {
      String raw = text.substring(semicolon + 1);
      title = raw.length() > MAX_TITLE ? raw.substring(0, MAX_TITLE) : raw;
    }
    // Links (8), the clipboard (52), colours and all others: a guest has no say in them.
  }

  @Override
  public void dcs(int prefix, Parameters parameters, int intermediate, int last, String text) {
    if (prefix == 0 && last == 'q' && (intermediate == '$' || intermediate == '+')) {
      // DECRQSS and XTGETTCAP: "no such setting", so that nobody waits for an answer.
      reply("\u001bP0" + (char) intermediate + "r\u001b\\");
    }
  }

  // --- whole-terminal changes

  void saveCursor() {
    Cursor saved = cursor.copy();
    saved.origin = modes.origin;
    if (onAlternate()) {
      savedAlternate = saved;
    } else {
      savedMain = saved;
    }
  }

  void restoreCursor() {
    cursor = (onAlternate() ? savedAlternate : savedMain).copy();
    modes.origin = cursor.origin;
    boolean wrapPending = cursor.wrapPending;
    move(cursor.column, cursor.row);
    cursor.wrapPending = wrapPending && cursor.column == grid.columns() - 1;
  }

  void useAlternate(boolean on) {
    if (on && !onAlternate()) {
      alternate = new Grid(grid.columns(), grid.rows(), null);
      grid = alternate;
    } else if (!on && onAlternate()) {
      grid = main;
      alternate = null;
    }
    cursor.wrapPending = false;
  }

  /** DECSTR: modes and margins back to their defaults, the screen stays. */
  void softReset() {
    modes.cursorVisible = true;
    modes.origin = false;
    modes.insert = false;
    modes.autoWrap = true;
    modes.applicationCursor = false;
    modes.applicationKeypad = false;
    top = 0;
    bottom = grid.rows() - 1;
    Cursor fresh = new Cursor();
    fresh.column = cursor.column;
    fresh.row = cursor.row;
    cursor = fresh;
    savedMain = new Cursor();
    savedAlternate = new Cursor();
  }

  private void reset() {
    useAlternate(false);
    softReset();
    for (int mode : new int[] {5, 1000, 1004, 1006, 2004}) {
      modes.setPrivate(mode, false);
    }
    modes.newLine = false;
    modes.cursorShape = 0;
    move(0, 0);
    grid.eraseRows(0, grid.rows(), Style.PLAIN);
    tabs.clear();
    defaultTabs(0, grid.columns());
    lastPrinted = 0;
  }

  void resize(int columns, int rows) {
    int oldColumns = grid.columns();
    int mainCursor = onAlternate() ? savedMain.row : cursor.row;
    int shift = main.resize(columns, rows, Math.min(mainCursor, main.rows() - 1));
    savedMain.row = Math.max(0, savedMain.row + shift);
    if (onAlternate()) {
      shift = alternate.resize(columns, rows, Math.min(cursor.row, alternate.rows() - 1));
    }
    top = 0;
    bottom = rows - 1;
    move(cursor.column, cursor.row + shift);
    if (columns > oldColumns) {
      defaultTabs(oldColumns, columns);
    }
  }
}
