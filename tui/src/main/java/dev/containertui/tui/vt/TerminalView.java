package dev.containertui.tui.vt;

import java.util.List;

/**
 * What a terminal shows at one moment: its screen, or a part of its history.
 *
 * @param lines one for each row; rows of the history may be shorter or longer than {@code columns}
 * @param cursorVisible false if the guest hid it or it is scrolled out of sight
 * @param scrolledBack by how many rows this looks back into the history
 * @param historySize rows that can be scrolled back to
 * @param reversed the guest swapped foreground and background of the whole screen
 */
public record TerminalView(
    int columns,
    List<Line> lines,
    int cursorColumn,
    int cursorRow,
    boolean cursorVisible,
    int scrolledBack,
    int historySize,
    boolean reversed) {
  public TerminalView {
    lines = List.copyOf(lines);
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
