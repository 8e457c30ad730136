package dev.containertui.agent;

/** The size of a terminal in character cells, each 1 to 65535. */
public record TerminalSize(int columns, int rows) {
  public TerminalSize {
    if (columns < 1 || columns > 65535 || rows < 1 || rows > 65535) {
      throw new IllegalArgumentException("terminal size out of range: " + columns + "x" + rows);
    }
  }
}
