package dev.containertui.tui.vt;

/**
 * The parameters of a control sequence: numbers separated by {@code ;}, each with optional
 * sub-parameters separated by {@code :} (ISO 8613-6). Reused for every sequence.
 *
 * <p>A sequence may have any length; what goes beyond {@link #MAX_COUNT} numbers is dropped and a
 * number is capped at {@link #MAX_VALUE}.
 */
final class Parameters {
  static final int MAX_COUNT = 256;
  static final int MAX_VALUE = 65535;

  private static final int ABSENT = -1;

  private final int[] values = new int[MAX_COUNT];
  private final boolean[] continues = new boolean[MAX_COUNT]; // separated by ':' from the last
  private int count;
  private boolean full;

  void clear() {
    count = 0;
    full = false;
  }

  /**
   * Reads numbers and separators into the place of those before, as far as they go.
   *
   * @return where they end
   */
  int read(byte[] bytes, int from, int to) {
    clear();
    int value = ABSENT;
    boolean colon = false;
    int i = from;
    for (; i < to; i++) {
      int c = bytes[i];
      if (c >= '0' && c <= '9') {
        value = Math.min(MAX_VALUE, Math.max(0, value) * 10 + c - '0');
      } else if (c == ';' || c == ':') {
        add(value, colon);
        value = ABSENT;
        colon = c == ':';
      } else {
        break;
      }
    }
    if (i > from) {
      add(value, colon);
    }
    return i;
  }

  void digit(int digit) {
    if (full) {
      return;
    }
    if (count == 0) {
      open(false);
    }
    int value = Math.max(0, values[count - 1]);
    values[count - 1] = Math.min(MAX_VALUE, value * 10 + digit);
  }

  void separator(boolean colon) {
    if (count == 0) {
      open(false);
    }
    open(colon);
  }

  private void open(boolean colon) {
    add(ABSENT, colon);
  }

  private void add(int value, boolean colon) {
    if (count == MAX_COUNT) {
      full = true;
      return;
    }
    values[count] = value;
    continues[count] = colon;
    count++;
  }

  /** How many numbers there are, sub-parameters counted too. */
  int count() {
    return count;
  }

  /** The number at {@code index}, or {@code fallback} if it is missing, left out or 0. */
  int orDefault(int index, int fallback) {
    return index < count && values[index] > 0 ? values[index] : fallback;
  }

  /** The number at {@code index}; 0 if it is missing or left out. */
  int get(int index) {
    return index < count ? Math.max(0, values[index]) : 0;
  }

  /** Whether the number at {@code index} is a sub-parameter of the one before it. */
  boolean isSub(int index) {
    return index < count && continues[index];
  }
}
