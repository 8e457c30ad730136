package dev.containertui.tui.vt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A terminal to write to in tests; {@code \e} in a text stands for ESC. */
final class TerminalFixture {
  static final int HISTORY = 100;

  final StringBuilder replies = new StringBuilder();
  final List<String> clipboard = new ArrayList<>();
  final Emulator emulator;
  long nanoTime;

  TerminalFixture(int columns, int rows) {
    this(columns, rows, HISTORY, Emulator.MAX_HISTORY_BYTES);
  }

  TerminalFixture(int columns, int rows, int historyLines, long historyBytes) {
    TerminalHost host =
        new TerminalHost() {
          @Override
          public void reply(String answer) {
            replies.append(answer);
          }

          @Override
          public void clipboard(String text) {
            clipboard.add(text);
          }
        };
    emulator = new Emulator(columns, rows, historyLines, historyBytes, host, () -> nanoTime);
  }

  TerminalFixture write(String text) {
    emulator.feed(text.replace("\\e", "\u001b").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  TerminalFixture resize(int columns, int rows) {
    emulator.resize(columns, rows);
    return this;
  }

  TerminalView view() {
    return emulator.view(0);
  }

  String row(int row) {
    return view().lines().get(row).toString();
  }

  long style(int column, int row) {
    return view().lines().get(row).style(column);
  }

  /** The screen's rows joined by {@code |}, empty ones at the end left out. */
  String screen() {
    return view().text().stripTrailing().replace("\n", "|");
  }

  /** History and screen in the same form. */
  String everything() {
    StringBuilder text = new StringBuilder();
    int size = view().historySize();
    for (int back = size; back > 0; back--) {
      text.append(emulator.view(back).lines().getFirst()).append('\n');
    }
    return (text + view().text()).stripTrailing().replace("\n", "|");
  }

  String cursor() {
    return view().cursorColumn() + "," + view().cursorRow();
  }

  String replied() {
    return replies.toString().replace("\u001b", "\\e");
  }
}
