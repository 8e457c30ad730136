package dev.containertui.tui.vt;

/** The last rows that left the screen at its top, in a ring: the oldest go first. */
final class Scrollback {
  private final Line[] ring;
  private int start;
  private int size;

  Scrollback(int capacity) {
    ring = new Line[capacity];
  }

  int size() {
    return size;
  }

  void push(Line line) {
    if (ring.length == 0) {
      return;
    }
    ring[(start + size) % ring.length] = line.trimmed();
    if (size < ring.length) {
      size++;
    } else {
      start = (start + 1) % ring.length;
    }
  }

  /** Takes the youngest row back; there must be one. */
  Line pop() {
    size--;
    int index = (start + size) % ring.length;
    Line line = ring[index];
    ring[index] = null;
    return line;
  }

  /** Row {@code index}, 0 being the oldest. */
  Line get(int index) {
    return ring[(start + index) % ring.length];
  }

  void clear() {
    java.util.Arrays.fill(ring, null);
    start = 0;
    size = 0;
  }
}
