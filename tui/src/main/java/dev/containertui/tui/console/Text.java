package dev.containertui.tui.console;

import dev.containertui.tui.vt.Line;
import dev.containertui.tui.vt.Position;
import dev.containertui.tui.vt.TerminalView;
import java.util.OptionalLong;

/** The rows of a console by their numbers, as far as a cursor of copy mode may go. */
final class Text {
  /** So far is looked for a word. */
  private static final int MAX_ROWS = 500;

  private final Console console;
  private TerminalView view;

  Text(Console console, TerminalView view) {
    this.console = console;
    this.view = view;
  }

  int height() {
    return view.lines().size();
  }

  long oldest() {
    return view.firstRow() + view.scrolledBack() - view.historySize();
  }

  long last() {
    return view.firstRow() + view.scrolledBack() + view.lines().size() - 1;
  }

  private Line line(long row) {
    if (row < view.firstRow() || row >= view.firstRow() + view.lines().size()) {
      view = console.view(OptionalLong.of(row));
    }
    int index = (int) Math.clamp(row - view.firstRow(), 0, view.lines().size() - 1L);
    return view.lines().get(index);
  }

  private static int length(Line line) {
    int end = line.columns();
    while (end > 0 && isBlank(line, end - 1)) {
      end--;
    }
    return end;
  }

  private static boolean isBlank(Line line, int column) {
    int glyph = line.glyph(column);
    return glyph == 0 || glyph != Line.SPACER && Character.isWhitespace(glyph);
  }

  /** The last cell of a row with something in it. */
  Position end(long row) {
    return new Position(row, Math.max(0, length(line(row)) - 1));
  }

  Position nextWord(Position from) {
    long row = from.row();
    int x = from.column();
    Line line = line(row);
    int end = length(line);
    while (x < end && !isBlank(line, x)) {
      x++;
    }
    for (int rows = 0; rows < MAX_ROWS; rows++) {
      while (x < end && isBlank(line, x)) {
        x++;
      }
      if (x < end) {
        return new Position(row, x);
      }
      if (row >= last()) {
        break;
      }
      row++;
      line = line(row);
      end = length(line);
      x = 0;
    }
    return end(row);
  }

  Position previousWord(Position from) {
    long row = from.row();
    Line line = line(row);
    int x = Math.min(from.column(), length(line)) - 1;
    for (int rows = 0; rows < MAX_ROWS; rows++) {
      while (x >= 0 && isBlank(line, x)) {
        x--;
      }
      if (x >= 0) {
        while (x > 0 && !isBlank(line, x - 1)) {
          x--;
        }
        return new Position(row, x);
      }
      if (row <= oldest()) {
        break;
      }
      row--;
      line = line(row);
      x = length(line) - 1;
    }
    return new Position(row, 0);
  }
}
