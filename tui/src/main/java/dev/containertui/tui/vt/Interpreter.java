package dev.containertui.tui.vt;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What text and controls do to the two screens: the part of a terminal between {@link Parser} and
 * {@link Grid}. Control sequences are in {@link ControlSequences}.
 */
final class Interpreter implements Parser.Handler {
  final Scrollback history;
  final Modes modes = new Modes();
  final OperatingSystemCommands commands;
  final Synchronization synchronization;
  private final TerminalHost host;
  private final Reports reports = new Reports(this);
  final Printer printer = new Printer(this);
  private final ControlSequences sequences = new ControlSequences(this, reports);

  private final Grid main;
  private Grid alternate;
  Grid grid;
  final Cursor cursor = new Cursor();
  private final Cursor savedMain = new Cursor();
  private final Cursor savedAlternate = new Cursor();
  int top;
  int bottom;
  final BitSet tabs = new BitSet();
  long bells;

  Interpreter(int columns, int rows, Scrollback history, TerminalHost host, Synchronization sync) {
    this.history = history;
    this.host = host;
    synchronization = sync;
    commands = new OperatingSystemCommands(host);
    main = new Grid(columns, rows, history);
    grid = main;
    bottom = rows - 1;
    defaultTabs(0, columns);
  }

  boolean onAlternate() {
    return grid != main;
  }

  void reply(String text) {
    host.reply(text);
  }

  /** What is to be seen when looking {@code scrolledBack} rows back into the history. */
  TerminalView view(int scrolledBack) {
    int historySize = onAlternate() ? 0 : history.size();
    int back = Math.clamp(scrolledBack, 0, historySize);
    int rows = grid.rows();
    List<Line> lines = new ArrayList<>(rows);
    for (int y = 0; y < rows; y++) {
      int row = y - back;
      lines.add(row < 0 ? history.get(historySize + row) : grid.line(row).snapshot());
    }
    int cursorRow = cursor.row + back;
    return new TerminalView(
        grid.columns(),
        lines,
        history.forgotten() + history.size() - back,
        cursor.column,
        cursorRow,
        modes.cursorVisible && cursorRow < rows,
        back,
        historySize,
        modes.reverseScreen);
  }

  void synchronize(boolean on) {
    if (on) {
      synchronization.begin(() -> view(0));
    } else {
      synchronization.end();
    }
  }

  // --- text

  @Override
  public void print(int codePoint) {
    printer.print(codePoint);
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
      case '(' -> cursor.g0 = Charset.of(last);
      case ')' -> cursor.g1 = Charset.of(last);
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
      case 'Z' -> reports.primaryAttributes();
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
    commands.execute(text, cursor);
  }

  @Override
  public void dcs(int prefix, Parameters parameters, int intermediate, int last, String text) {
    if (prefix == 0 && last == 'q' && intermediate == '$') {
      reports.setting(text);
    } else if (prefix == 0 && last == 'q' && intermediate == '+') {
      reports.noCapability();
    }
  }

  // --- whole-terminal changes

  void saveCursor() {
    Cursor saved = onAlternate() ? savedAlternate : savedMain;
    saved.set(cursor);
    saved.origin = modes.origin;
  }

  void restoreCursor() {
    cursor.set(onAlternate() ? savedAlternate : savedMain);
    modes.origin = cursor.origin;
    boolean wrapPending = cursor.wrapPending;
    move(cursor.column, cursor.row);
    cursor.wrapPending = wrapPending && cursor.column == grid.columns() - 1;
  }

  void useAlternate(boolean on) {
    if (on && !onAlternate()) {
      if (alternate == null) {
        alternate = new Grid(main.columns(), main.rows(), null);
      } else if (alternate.columns() != main.columns() || alternate.rows() != main.rows()) {
        alternate.crop(main.columns(), main.rows(), 0);
      }
      grid = alternate;
    } else if (!on && onAlternate()) {
      grid = main;
    }
    cursor.wrapPending = false;
  }

  /** DECSTR: modes and margins back to their defaults, the screen stays. */
  void softReset() {
    modes.softReset();
    top = 0;
    bottom = grid.rows() - 1;
    Cursor fresh = new Cursor();
    savedMain.set(fresh);
    savedAlternate.set(fresh);
    fresh.column = cursor.column;
    fresh.row = cursor.row;
    cursor.set(fresh);
  }

  /** RIS: all but the history as it was at the start. */
  private void reset() {
    useAlternate(false);
    alternate = null;
    softReset();
    synchronization.end();
    for (int mode : new int[] {5, 1000, 1004, 1005, 1006, 1015, 2004, 2027}) {
      modes.setPrivate(mode, false);
    }
    modes.alternateScroll = true;
    modes.newLine = false;
    modes.cursorShape = 0;
    commands.titles.reset();
    move(0, 0);
    grid.eraseRows(0, grid.rows(), Style.PLAIN);
    tabs.clear();
    defaultTabs(0, grid.columns());
    printer.reset();
  }

  void resize(int columns, int rows) {
    synchronization.end();
    int oldColumns = grid.columns();
    boolean wrapPending = false;
    if (onAlternate()) {
      Reflow.resize(main, history, columns, rows, savedMain, savedMain);
      int shift = alternate.crop(columns, rows, cursor.row);
      savedAlternate.row -= shift;
      cursor.row -= shift;
    } else {
      Reflow.resize(main, history, columns, rows, cursor, savedMain);
      wrapPending = cursor.wrapPending;
    }
    top = 0;
    bottom = rows - 1;
    move(cursor.column, cursor.row);
    cursor.wrapPending = wrapPending;
    if (columns > oldColumns) {
      defaultTabs(oldColumns, columns);
    }
  }
}
