package dev.containertui.cli;

import dev.containertui.Progress;
import java.io.PrintStream;
import java.util.List;

/** How far a script's long step is, on one line at the bottom of the terminal. */
final class StatusLine implements Progress {
  private final LiveBlock block;

  StatusLine(PrintStream err, int columns) {
    block = new LiveBlock(err, columns);
  }

  @Override
  public synchronized void status(String line) {
    block.draw(List.of(OneLine.of(line)));
  }

  @Override
  public synchronized void done() {
    block.erase();
  }
}
