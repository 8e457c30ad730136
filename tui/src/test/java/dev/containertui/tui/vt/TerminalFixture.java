package dev.containertui.tui.vt;

import java.nio.charset.StandardCharsets;

/** A terminal to write to in tests; {@code \e} in a text stands for ESC. */
final class TerminalFixture {
  final StringBuilder replies = new StringBuilder();
  final Emulator emulator;

  TerminalFixture(int columns, int rows) {
    emulator = new Emulator(columns, rows, 100, replies::append);
  }

  TerminalFixture write(String text) {
    emulator.feed(text.replace("\\e", "\u001b").getBytes(StandardCharsets.UTF_8));
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

  String cursor() {
    return view().cursorColumn() + "," + view().cursorRow();
  }

  String replied() {
    return replies.toString().replace("\u001b", "\\e");
  }
}
