package dev.containertui.tui.vt;

import java.util.BitSet;
import java.util.List;

/**
 * What a terminal shows at one moment: its screen, or a part of its history.
 *
 * <p>A row that did not change since an earlier view is the same {@link Line} object as there, also
 * after it has scrolled: a renderer needs to draw only the others. Of the history, which lies
 * packed, that holds for rows that were seen lately.
 *
 * @param lines one for each row; rows of the history may be shorter or longer than {@code columns}
 * @param firstRow the number of the first of them, see {@link Position}
 * @param cursorVisible false if the guest hid it or it is scrolled out of sight
 * @param scrolledBack by how many rows this looks back into the history
 * @param historySize rows that can be scrolled back to
 * @param reversed the guest swapped foreground and background of the whole screen
 */
public record TerminalView(
    int columns,
    List<Line> lines,
    long firstRow,
    int cursorColumn,
    int cursorRow,
    boolean cursorVisible,
    int scrolledBack,
    int historySize,
    boolean reversed) {
  public TerminalView {
    lines = List.copyOf(lines);
  }

  /** The rows that must be drawn where {@code before} is on the screen; all if its size differs. */
  public BitSet changedSince(TerminalView before) {
    BitSet changed = new BitSet();
    boolean comparable =
        before.columns == columns
            && before.lines.size() == lines.size()
            && before.reversed == reversed;
    for (int y = 0; y < lines.size(); y++) {
      changed.set(y, !comparable || before.lines.get(y) != lines.get(y));
    }
    return changed;
  }

  /** The text of all rows, spaces at row ends left out, a newline after each. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(line).append('\n');
    }
    return text.toString();
  }
}
