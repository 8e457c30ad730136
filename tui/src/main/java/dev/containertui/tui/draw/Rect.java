package dev.containertui.tui.draw;

/** A part of a screen, in cells; empty if a side is not positive. */
public record Rect(int x, int y, int width, int height) {
  /** The same without {@code margin} cells at each side. */
  public Rect inset(int margin) {
    return new Rect(x + margin, y + margin, width - 2 * margin, height - 2 * margin);
  }

  public boolean isEmpty() {
    return width <= 0 || height <= 0;
  }

  public boolean contains(int column, int row) {
    return column >= x && column < x + width && row >= y && row < y + height;
  }
}
