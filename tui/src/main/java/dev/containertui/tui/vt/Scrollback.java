package dev.containertui.tui.vt;

import java.util.Arrays;

/**
 * The last rows that left the screen at its top, bounded by rows and by bytes: the oldest go first.
 * Rows in it do not change.
 *
 * <p>They lie packed, one after the other, in one array that is used as a ring, so that a row which
 * comes makes no objects:
 *
 * <pre>
 *   area   │ row 3 │ row 4 │ free │ row 1 │ row 2 │ too short for row 3 │
 * </pre>
 */
final class Scrollback {
  /** Rows that were unpacked lately; a power of two. */
  private static final int UNPACKED = 256;

  /** So much memory is not given back when all rows are forgotten. */
  private static final int KEPT_BYTES = 1 << 20;

  private final int capacity;
  private final int maxBytes;
  private final PackedLine packed = new PackedLine();
  private byte[] area = {};
  private int free; // behind the youngest row
  private int[] offsets = {}; // a ring too, of where rows lie
  private int start;
  private int size;
  private long forgotten;
  private final Line[] unpacked = new Line[UNPACKED]; // by the last bits of their numbers
  private final long[] unpackedNumbers = new long[UNPACKED];

  /**
   * @param capacity rows
   * @param maxBytes of the rows as they are kept; more than 1 GiB are not
   */
  Scrollback(int capacity, long maxBytes) {
    this.capacity = capacity;
    this.maxBytes = (int) Math.min(maxBytes, 1 << 30);
  }

  int size() {
    return size;
  }

  int capacity() {
    return capacity;
  }

  /** How much memory the rows take; never more than the bound. */
  long bytes() {
    return area.length;
  }

  /** How many rows were in it once and are no more: the number of the oldest that is kept. */
  long forgotten() {
    return forgotten;
  }

  void push(Line line) {
    packed.pack(line);
    int length = packed.length();
    if (makeRoom(length)) {
      packed.copyTo(area, free);
      added(length);
    }
  }

  /** Puts the first rows of another into the place of all; their numbers start where they did. */
  void replace(Scrollback other, int count) {
    long first = forgotten;
    clear();
    forgotten = first;
    for (int i = 0; i < count; i++) {
      int from = other.offset(i);
      int length = PackedLine.length(other.area, from);
      if (makeRoom(length)) {
        System.arraycopy(other.area, from, area, free, length);
        added(length);
      }
    }
  }

  private void added(int length) {
    if (size == offsets.length) {
      growOffsets();
    }
    offsets[index(size)] = free;
    size++;
    free += length;
  }

  /** Makes {@link #free} a place for a row; false if it would be too long even alone. */
  private boolean makeRoom(int length) {
    if (size == capacity && size > 0) {
      forgetOldest();
    }
    if (capacity == 0 || length > maxBytes) {
      while (size > 0) {
        forgetOldest();
      }
      forgotten++;
      return false;
    }
    while (!fits(length)) {
      if (area.length < maxBytes) {
        growArea(length);
      } else {
        forgetOldest();
      }
    }
    return true;
  }

  /** Whether there is a place without forgetting, at the end or again at the beginning. */
  private boolean fits(int length) {
    if (size == 0) {
      free = 0;
    }
    int oldest = size == 0 ? area.length : offset(0);
    if (free <= oldest && size > 0) {
      return free + length <= oldest;
    }
    if (free + length <= area.length) {
      return true;
    }
    if (length > oldest) {
      return false;
    }
    free = 0;
    return true;
  }

  private void growArea(int length) {
    long wanted = Math.max(Math.max(1024, 2L * area.length), area.length + length);
    byte[] larger = new byte[(int) Math.min(maxBytes, wanted)];
    int oldest = size == 0 ? 0 : offset(0);
    int tail = area.length - oldest;
    boolean around = size > 0 && free <= oldest;
    System.arraycopy(area, oldest, larger, 0, tail);
    if (around) {
      System.arraycopy(area, 0, larger, tail, free);
    }
    for (int i = 0; i < size; i++) {
      int offset = offset(i);
      offsets[index(i)] = offset < oldest ? offset + tail : offset - oldest;
    }
    free = around ? free + tail : free - oldest;
    area = larger;
  }

  private void growOffsets() {
    int[] more = new int[Math.min(capacity, Math.max(64, 2 * size))];
    for (int i = 0; i < size; i++) {
      more[i] = offset(i);
    }
    offsets = more;
    start = 0;
  }

  /** The youngest row's text does not go on in the first row of the screen any more. */
  void endText() {
    if (size > 0 && PackedLine.isWrapped(area, offset(size - 1))) {
      PackedLine.end(area, offset(size - 1));
      unpacked[slot(forgotten + size - 1)] = null;
    }
  }

  private void forgetOldest() {
    start = start + 1 == offsets.length ? 0 : start + 1;
    size--;
    forgotten++;
  }

  private int index(int row) {
    int index = start + row;
    return index >= offsets.length ? index - offsets.length : index;
  }

  private int offset(int row) {
    return offsets[index(row)];
  }

  private static int slot(long number) {
    return (int) number & UNPACKED - 1;
  }

  /**
   * Row {@code index}, 0 being the oldest; mostly the same object for the same row, if it is looked
   * at again.
   */
  Line get(int index) {
    long number = forgotten + index;
    int slot = slot(number);
    if (unpacked[slot] == null || unpackedNumbers[slot] != number) {
      unpacked[slot] = PackedLine.unpack(area, offset(index));
      unpackedNumbers[slot] = number;
    }
    return unpacked[slot];
  }

  void clear() {
    Arrays.fill(unpacked, null);
    if (area.length > KEPT_BYTES) {
      area = new byte[0];
    }
    forgotten += size;
    start = 0;
    size = 0;
  }
}
