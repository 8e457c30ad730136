package dev.containertui.cli;

import java.io.PrintStream;
import java.util.List;

/** Some lines at the bottom of a terminal that are drawn again and again in the same place. */
final class LiveBlock {
  private final PrintStream out;
  private final int columns;
  private int drawn;

  LiveBlock(PrintStream out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  /** Replaces the block; longer lines are cut, because a wrapped line would be two. */
  void draw(List<String> lines) {
    StringBuilder text = new StringBuilder(upToStart());
    for (String line : lines) {
      String cut = line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1));
      text.append(cut).append("\u001b[K\n");
    }
    text.append("\u001b[J"); // what the last block had more
    out.print(text);
    out.flush();
    drawn = lines.size();
  }

  /** Prints a line above the block, which is gone until it is drawn again. */
  void printAbove(String line) {
    out.print(upToStart() + "\u001b[J" + line + "\n");
    drawn = 0;
  }

  void erase() {
    out.print(upToStart() + "\u001b[J");
    out.flush();
    drawn = 0;
  }

  private String upToStart() {
    return drawn == 0 ? "\r" : "\r\u001b[" + drawn + "A";
  }
}
