package dev.containertui.tui.vt;

/** Puts text on the screen: characters of every width, wrapping, insert mode, REP. */
final class Printer {
  private final Interpreter t;
  private final int[] cells = new int[2 * TextRun.LENGTH];
  private int lastPrinted;

  Printer(Interpreter interpreter) {
    t = interpreter;
  }

  void reset() {
    lastPrinted = 0;
  }

  /** Prints characters 0x20 to 0x7e: the way that most bytes take. */
  void printAscii(byte[] text, int from, int to) {
    if (t.modes.insert || t.cursor.charset() != Charset.ASCII) {
      for (int i = from; i < to; i++) {
        print(text[i]);
      }
      return;
    }
    int columns = t.grid.columns();
    int i = from;
    while (i < to) {
      if (t.cursor.wrapPending) {
        if (t.modes.autoWrap) {
          wrap();
        } else {
          i = to - 1; // each is written over the one before
        }
      }
      int n = Math.min(to - i, columns - t.cursor.column);
      t.grid
          .line(t.cursor.row)
          .putAscii(t.cursor.column, text, i, n, t.cursor.style, t.cursor.extra());
      i += n;
      advance(n);
    }
    lastPrinted = text[to - 1];
  }

  /** Prints characters of any width: as many as fit in the row at once. */
  void print(TextRun text) {
    boolean oneByOne = t.modes.insert || t.modes.clusters || t.cursor.charset() != Charset.ASCII;
    int i = 0;
    while (i < text.count) {
      if (!oneByOne && !t.cursor.wrapPending) {
        i = printInRow(text, i);
      }
      if (i < text.count) {
        print(text.codePoints[i++]); // which wraps, or joins
      }
    }
  }

  private int printInRow(TextRun text, int from) {
    int room = t.grid.columns() - t.cursor.column;
    int n = 0;
    int i = from;
    while (i < text.count) {
      int c = text.codePoints[i];
      int width = CharWidth.of(c);
      if (width == 0 || n + width > room) {
        break;
      }
      cells[n] = c;
      if (width == 2) {
        cells[n + 1] = Line.SPACER;
      }
      n += width;
      i++;
    }
    if (n > 0) {
      t.grid.line(t.cursor.row).put(t.cursor.column, cells, n, t.cursor.style, t.cursor.extra());
      advance(n);
      lastPrinted = text.codePoints[i - 1];
    }
    return i;
  }

  void print(int codePoint) {
    int c = t.cursor.charset().map(codePoint);
    int width = CharWidth.of(c);
    if (width == 0) {
      combine(c);
      return;
    }
    if (t.modes.clusters && c > 0x7f && join(c)) {
      return;
    }
    lastPrinted = c;
    int columns = t.grid.columns();
    if (width > columns) {
      return;
    }
    if (t.cursor.wrapPending && t.modes.autoWrap) {
      wrap();
    }
    if (width == 2 && t.cursor.column == columns - 1) {
      if (t.modes.autoWrap) {
        t.grid.erase(t.cursor.row, t.cursor.column, columns, Style.erased(t.cursor.style));
        wrap();
      } else {
        t.cursor.column--;
      }
    }
    if (t.modes.insert) {
      t.grid.insertCells(t.cursor.row, t.cursor.column, width, Style.erased(t.cursor.style));
    }
    t.grid.line(t.cursor.row).put(t.cursor.column, c, width, t.cursor.style, t.cursor.extra());
    advance(width);
  }

  private void advance(int cells) {
    t.cursor.column += cells;
    t.cursor.wrapPending = t.cursor.column >= t.grid.columns();
    if (t.cursor.wrapPending) {
      t.cursor.column--;
    }
  }

  /** Characters of width 0 join the one before them, if there is one. */
  private void combine(int mark) {
    int column = before();
    if (column < 0 || !Clusters.isKept(mark)) {
      return;
    }
    Line line = t.grid.line(t.cursor.row);
    line.addMark(column, mark);
    if (t.modes.clusters && mark == Clusters.EMOJI_PRESENTATION) {
      widen(column);
    }
  }

  /** Joins what belongs to the character before it; false if it stands by itself. */
  private boolean join(int codePoint) {
    int column = before();
    Line line = t.grid.line(t.cursor.row);
    if (column < 0 || !Clusters.joins(line, column, codePoint)) {
      return false;
    }
    line.addMark(column, codePoint);
    widen(column);
    return true;
  }

  /** Makes the character before the cursor wide, if it is not and has room. */
  private void widen(int column) {
    if (column == t.cursor.column - 1 && !t.cursor.wrapPending) {
      t.grid.line(t.cursor.row).widen(column);
      advance(1);
    }
  }

  /** The column of the character before the t.cursor, -1 if there is none. */
  private int before() {
    Line line = t.grid.line(t.cursor.row);
    int column = t.cursor.wrapPending ? t.cursor.column : t.cursor.column - 1;
    if (column > 0 && line.glyph(column) == Line.SPACER) {
      column--;
    }
    return column >= 0 && line.glyph(column) > 0 ? column : -1;
  }

  /** Goes to the next row because the text is too long for this one, and notes that. */
  private void wrap() {
    if (t.cursor.row == t.bottom) {
      t.grid.line(t.cursor.row).setWrapped(true);
      t.grid.scrollForWrap(t.top, t.bottom, Style.erased(t.cursor.style));
    } else if (t.cursor.row < t.grid.rows() - 1) {
      t.grid.line(t.cursor.row).setWrapped(true);
      t.cursor.row++;
    }
    t.cursor.column = 0;
    t.cursor.wrapPending = false;
  }

  /** REP; of a row's width at most, so that a few bytes cannot ask for endless work. */
  void repeat(int count) {
    if (lastPrinted != 0) {
      int most = Math.min(count, t.grid.columns());
      for (int i = 0; i < most; i++) {
        print(lastPrinted);
      }
    }
  }
}
