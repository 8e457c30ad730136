package dev.containertui.tui.vt;

import java.util.Arrays;

/**
 * The last rows that left the screen at its top, in a ring bounded by rows and by bytes: the oldest
 * go first. Rows in it do not change.
 */
final class Scrollback {
  private final Line[] ring;
  private final long maxBytes;
  private int start;
  private int size;
  private long bytes;
  private long forgotten;

  Scrollback(int capacity, long maxBytes) {
    ring = new Line[capacity];
    this.maxBytes = maxBytes;
  }

  int size() {
    return size;
  }

  int capacity() {
    return ring.length;
  }

  /** About how much memory the rows take; never more than the bound. */
  long bytes() {
    return bytes;
  }

  /** How many rows were in it once and are no more: the number of the oldest that is kept. */
  long forgotten() {
    return forgotten;
  }

  void push(Line line) {
    add(line.compacted());
  }

  /** Keeps a row that is compacted already. */
  private void add(Line line) {
    int cost = line.bytes();
    while (size > 0 && (size == ring.length || bytes + cost > maxBytes)) {
      forgetOldest();
    }
    if (ring.length == 0 || cost > maxBytes) {
      forgotten++;
      return;
    }
    ring[(start + size) % ring.length] = line;
    size++;
    bytes += cost;
  }

  /** The youngest row's text does not go on in the first row of the screen any more. */
  void endText() {
    if (size > 0 && get(size - 1).isWrapped()) {
      int last = (start + size - 1) % ring.length;
      bytes -= ring[last].bytes();
      ring[last] = ring[last].ended();
      bytes += ring[last].bytes();
    }
  }

  private void forgetOldest() {
    bytes -= ring[start].bytes();
    ring[start] = null;
    start = (start + 1) % ring.length;
    size--;
    forgotten++;
  }

  /** Row {@code index}, 0 being the oldest. */
  Line get(int index) {
    return ring[(start + index) % ring.length];
  }

  void clear() {
    Arrays.fill(ring, null);
    forgotten += size;
    start = 0;
    size = 0;
    bytes = 0;
  }

  /** Puts other, compacted rows into the place of all; their numbers start where they did. */
  void replace(Iterable<Line> rows) {
    long first = forgotten;
    clear();
    forgotten = first;
    rows.forEach(this::add);
  }
}
