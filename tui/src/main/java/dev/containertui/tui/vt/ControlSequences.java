package dev.containertui.tui.vt;

/**
 * The control sequences: {@code CSI …}, by final character, as xterm's documentation lists them.
 */
final class ControlSequences {
  private final Interpreter t;
  private final Reports reports;

  ControlSequences(Interpreter interpreter, Reports reports) {
    t = interpreter;
    this.reports = reports;
  }

  void dispatch(int prefix, Parameters p, int intermediate, int last) {
    if (intermediate != 0) {
      withIntermediate(prefix, p, intermediate, last);
      return;
    }
    switch (prefix) {
      case 0 -> plain(p, last);
      case '?' -> question(p, last);
      case '>' -> {
        // Also here: modifyOtherKeys (m, n) and kitty's keyboard flags (u), which are not offered.
        if (last == 'c' && p.get(0) == 0) {
          reports.secondaryAttributes();
        } else if (last == 'q' && p.get(0) == 0) {
          reports.version();
        }
      }
      case '=' -> {
        if (last == 'c' && p.get(0) == 0) {
          reports.tertiaryAttributes();
        }
      }
      default -> {}
    }
  }

  private void plain(Parameters p, int last) {
    Cursor c = t.cursor;
    int n = p.orDefault(0, 1);
    switch (last) {
      case '@' -> edit(() -> t.grid.insertCells(c.row, c.column, n, erased()));
      case 'A', 'F' -> vertical(-n, last == 'F');
      case 'B', 'e', 'E' -> vertical(n, last == 'E');
      case 'C', 'a' -> t.move(c.column + n, c.row);
      case 'D' -> t.move(c.column - n, c.row);
      case 'G', '`' -> t.move(n - 1, c.row);
      case 'H', 'f' -> position(n, p.orDefault(1, 1));
      case 'I' -> t.tabForward(n);
      case 'J' -> eraseDisplay(p.get(0));
      case 'K' -> eraseLine(p.get(0));
      case 'L' -> lines(() -> t.grid.scrollDown(c.row, t.bottom, n, erased()));
      case 'M' -> lines(() -> t.grid.deleteLines(c.row, t.bottom, n, erased()));
      case 'P' -> edit(() -> t.grid.deleteCells(c.row, c.column, n, erased()));
      case 'S' -> t.grid.scrollUp(t.top, t.bottom, n, erased());
      case 'T' -> {
        if (p.count() <= 1) { // with five numbers it starts mouse highlighting
          t.grid.scrollDown(t.top, t.bottom, n, erased());
        }
      }
      case 'X' -> edit(() -> t.grid.erase(c.row, c.column, right(c.column + n), erased()));
      case 'Z' -> t.tabBackward(n);
      case 'b' -> t.printer.repeat(n);
      case 'c' -> {
        if (p.get(0) == 0) {
          reports.primaryAttributes();
        }
      }
      case 'd' -> position(n, c.column + 1);
      case 'g' -> clearTabs(p.get(0));
      case 'h', 'l' -> {
        for (int i = 0; i < p.count(); i++) {
          t.modes.setAnsi(p.get(i), last == 'h');
        }
      }
      case 'm' -> Rendition.apply(p, c);
      case 'n' -> reports.status(p.get(0), false);
      case 'r' -> margins(p);
      case 's' -> t.saveCursor();
      case 'u' -> t.restoreCursor();
      case 't' -> window(p);
      default -> {}
    }
  }

  private void question(Parameters p, int last) {
    switch (last) {
      case 'h', 'l' -> {
        for (int i = 0; i < p.count(); i++) {
          privateMode(p.get(i), last == 'h');
        }
      }
      case 'J' -> eraseDisplay(p.get(0));
      case 'K' -> eraseLine(p.get(0));
      case 'n' -> reports.status(p.get(0), true);
      default -> {}
    }
  }

  private void withIntermediate(int prefix, Parameters p, int intermediate, int last) {
    if (intermediate == '!' && last == 'p' && prefix == 0) {
      t.softReset();
    } else if (intermediate == ' ' && last == 'q' && prefix == 0) {
      t.modes.cursorShape = p.get(0) <= 6 ? p.get(0) : 0;
    } else if (intermediate == '$' && last == 'p' && (prefix == 0 || prefix == '?')) {
      reports.mode(prefix == '?', p.get(0));
    }
  }

  private void privateMode(int mode, boolean on) {
    switch (mode) {
      case 6 -> {
        t.modes.origin = on;
        position(1, 1);
      }
      case 47 -> t.useAlternate(on);
      case 1047 -> {
        if (!on && t.onAlternate()) {
          t.grid.eraseRows(0, t.grid.rows(), erased());
        }
        t.useAlternate(on);
      }
      case 1048 -> saveOrRestore(on);
      case 1049 -> {
        if (on) {
          if (!t.onAlternate()) {
            t.saveCursor();
          }
          t.useAlternate(true);
          t.grid.eraseRows(0, t.grid.rows(), erased());
        } else if (t.onAlternate()) {
          t.useAlternate(false);
          t.restoreCursor();
        }
      }
      case 2026 -> t.synchronize(on);
      default -> t.modes.setPrivate(mode, on);
    }
  }

  /**
   * XTWINOPS: the size, and the stack of titles; a window to move or a title to tell there is not.
   */
  private void window(Parameters p) {
    boolean title = p.get(1) == 0 || p.get(1) == 2;
    switch (p.get(0)) {
      case 18 -> reports.size();
      case 22 -> {
        if (title) {
          t.commands.titles.push();
        }
      }
      case 23 -> {
        if (title) {
          t.commands.titles.pop();
        }
      }
      default -> {}
    }
  }

  private void saveOrRestore(boolean save) {
    if (save) {
      t.saveCursor();
    } else {
      t.restoreCursor();
    }
  }

  // --- cursor

  /** CUU, CUD, CNL, CPL: stop at the margin if they start inside it. */
  private void vertical(int rows, boolean firstColumn) {
    Cursor c = t.cursor;
    int target = c.row + rows;
    if (rows < 0 && c.row >= t.top) {
      target = Math.max(target, t.top);
    } else if (rows > 0 && c.row <= t.bottom) {
      target = Math.min(target, t.bottom);
    }
    t.move(firstColumn ? 0 : c.column, target);
  }

  /** A position from 1; relative to the margins in origin mode. */
  private void position(int row, int column) {
    if (t.modes.origin) {
      t.move(column - 1, Math.min(t.top + row - 1, t.bottom));
    } else {
      t.move(column - 1, row - 1);
    }
  }

  private void margins(Parameters p) {
    int rows = t.grid.rows();
    int top = Math.min(p.orDefault(0, 1), rows);
    int bottom = Math.min(p.orDefault(1, rows), rows);
    if (top < bottom) {
      t.top = top - 1;
      t.bottom = bottom - 1;
      position(1, 1);
    }
  }

  private void clearTabs(int what) {
    if (what == 0) {
      t.tabs.clear(t.cursor.column);
    } else if (what == 3) {
      t.tabs.clear();
    }
  }

  // --- erasing and moving

  private long erased() {
    return Style.erased(t.cursor.style);
  }

  private int right(int column) {
    return Math.min(column, t.grid.columns());
  }

  /** An edit of cells at the cursor ends a pending wrap. */
  private void edit(Runnable change) {
    t.cursor.wrapPending = false;
    change.run();
  }

  /** IL and DL work inside the margins only and leave the cursor in the first column. */
  private void lines(Runnable change) {
    if (t.cursor.row >= t.top && t.cursor.row <= t.bottom) {
      change.run();
      t.move(0, t.cursor.row);
    }
  }

  private void eraseLine(int what) {
    Cursor c = t.cursor;
    int columns = t.grid.columns();
    switch (what) {
      case 0 -> edit(() -> t.grid.erase(c.row, c.column, columns, erased()));
      case 1 -> edit(() -> t.grid.erase(c.row, 0, c.column + 1, erased()));
      case 2 -> edit(() -> t.grid.erase(c.row, 0, columns, erased()));
      default -> {}
    }
  }

  private void eraseDisplay(int what) {
    int row = t.cursor.row;
    switch (what) {
      case 0 -> {
        eraseLine(0);
        // From the first column on, a whole row goes, and what it went on with.
        int first = t.cursor.column == 0 ? row : row + 1;
        t.grid.eraseRows(first, t.grid.rows(), erased());
      }
      case 1 -> {
        eraseLine(1);
        t.grid.eraseRows(0, row, erased());
      }
      case 2 -> edit(() -> t.grid.eraseRows(0, t.grid.rows(), erased()));
      case 3 -> t.history.clear();
      default -> {}
    }
  }
}
