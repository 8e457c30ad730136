package dev.containertui.tui.vt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Printable text that lies whole in a piece of output, decoded at once: what {@link Utf8Decoder}
 * would give the terminal one by one.
 */
final class TextRun {
  /** Code points that are decoded at a time, at most. */
  static final int LENGTH = 512;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x80 * ONES;

  final int[] codePoints = new int[LENGTH];
  int count;

  /**
   * Decodes text up to the first control, the first byte that is no UTF-8 or belongs to a character
   * that is not there whole, or until {@link #LENGTH} characters are read.
   *
   * @return where it stopped
   */
  int read(byte[] bytes, int from, int to) {
    int i = from;
    int n = 0;
    while (i < to && n < LENGTH) {
      int length = length(bytes[i]);
      if (length == 0 || i + length > to) {
        break;
      }
      int c = length == 1 ? bytes[i] : character(bytes, i, length);
      if (c < 0) {
        break;
      }
      codePoints[n++] = c;
      i += length;
    }
    count = n;
    return i;
  }

  /** Bytes of the character that begins with this one; 0 if none does that is printed. */
  private static int length(byte first) {
    if (first >= 0) {
      return first >= 0x20 && first != 0x7f ? 1 : 0;
    }
    int b = first & 0xff;
    return b < 0xc2 ? 0 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf5 ? 4 : 0;
  }

  /** A character of two to four bytes; -1 if it is a control, or not well-formed. */
  private static int character(byte[] bytes, int i, int length) {
    int b = bytes[i + 1];
    int bad = b ^ 0x80;
    int c = bytes[i] & 0x7f >> length;
    c = c << 6 | b & 0x3f;
    if (length > 2) {
      b = bytes[i + 2];
      bad |= b ^ 0x80;
      c = c << 6 | b & 0x3f;
      if (length > 3) {
        b = bytes[i + 3];
        bad |= b ^ 0x80;
        c = c << 6 | b & 0x3f;
      }
    }
    boolean continued = (bad & 0xc0) == 0;
    boolean shortest = c >= (length == 2 ? 0xa0 : length == 3 ? 0x800 : 0x10000);
    boolean scalar = c < 0xd800 || c > 0xdfff && c <= Character.MAX_CODE_POINT;
    return continued && shortest && scalar ? c : -1;
  }

  /** Where characters 0x20 to 0x7e that begin at {@code from} end. */
  static int endOfAscii(byte[] bytes, int from, int to) {
    int i = from;
    while (i + 8 <= to) {
      long eight = (long) EIGHT.get(bytes, i);
      // The high bit of each byte that is above, below, or 0x7f; a carry only spoils later ones.
      long others = (eight | eight - 0x20 * ONES | eight + ONES) & HIGH;
      if (others != 0) {
        return i + (Long.numberOfTrailingZeros(others) >> 3);
      }
      i += 8;
    }
    while (i < to && bytes[i] >= 0x20 && bytes[i] < 0x7f) {
      i++;
    }
    return i;
  }
}
