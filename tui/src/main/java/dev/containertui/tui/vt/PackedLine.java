package dev.containertui.tui.vt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A row of cells as bytes, for the history: a tenth of what a {@link Line} takes. Empty cells at
 * the end are left out, unless the row's text goes on in the next one.
 *
 * <pre>
 *   0  int    bytes of it all
 *   4  byte   flags
 *   5  short  cells
 *   7  short  runs of cells that look alike; for each a short, its cells, and a long, its style
 *      glyphs, of one, two or four bytes
 *      if there are any, a short, how many cells have {@link CellDetails}; for each
 *        short  column
 *        long   extra
 *        byte   how many chars of marks, and those
 * </pre>
 */
final class PackedLine {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private static final int WRAPPED = 1;
  private static final int DETAILS = 2;
  private static final int TWO_BYTES = 4;
  private static final int FOUR_BYTES = 8;

  private static final int HEADER = 9;
  private static final int RUN = 10;

  /** The most that a cell's details take: marks may be pairs of surrogates. */
  private static final int DETAIL = 11 + 4 * CellDetails.MAX_MARKS;

  private byte[] bytes = new byte[HEADER + RUN + 200];
  private int length;

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  /** Packs a row, in the place of the one before. */
  void pack(Line line) {
    int cells = line.isWrapped() ? line.columns() : line.usedEnd();
    int flags = line.isWrapped() ? WRAPPED : 0;
    room(0, HEADER);
    length = HEADER;
    int looks = runs(line.styles, cells);
    SHORT.set(bytes, 5, (short) cells);
    SHORT.set(bytes, 7, (short) looks);
    flags |= glyphs(line.glyphs, cells);
    if (line.details() != null) {
      flags |= DETAILS;
      details(line.details(), Math.min(cells, line.details().end()));
    }
    bytes[4] = (byte) flags;
    INT.set(bytes, 0, length);
  }

  int length() {
    return length;
  }

  void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, length);
  }

  private void room(int at, int count) {
    if (at + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + count));
    }
  }

  private int runs(long[] values, int cells) {
    int runs = 0;
    for (int x = 0; x < cells; runs++) {
      int same =
          values.length == 1 ? -1 : Arrays.mismatch(values, x, cells - 1, values, x + 1, cells);
      int end = same < 0 ? cells : x + same + 1;
      room(length, RUN);
      SHORT.set(bytes, length, (short) (end - x));
      LONG.set(bytes, length + 2, values.length == 1 ? values[0] : values[x]);
      length += RUN;
      x = end;
    }
    return runs;
  }

  /** A spacer is -1, so that what is kept in two bytes is one more than the glyph. */
  private int glyphs(int[] glyphs, int cells) {
    int ones = 0;
    int twos = 0;
    for (int x = 0; x < cells; x++) {
      ones |= glyphs[x];
      twos |= glyphs[x] + 1;
    }
    int at = length;
    if (ones >>> 8 == 0) {
      room(at, cells);
      for (int x = 0; x < cells; x++) {
        bytes[at + x] = (byte) glyphs[x];
      }
      length += cells;
      return 0;
    }
    if (twos >>> 16 == 0) {
      room(at, 2 * cells);
      for (int x = 0; x < cells; x++) {
        SHORT.set(bytes, at + 2 * x, (short) (glyphs[x] + 1));
      }
      length += 2 * cells;
      return TWO_BYTES;
    }
    room(at, 4 * cells);
    for (int x = 0; x < cells; x++) {
      INT.set(bytes, at + 4 * x, glyphs[x]);
    }
    length += 4 * cells;
    return FOUR_BYTES;
  }

  private void details(CellDetails details, int end) {
    int start = length;
    room(length, 2);
    length += 2;
    int count = 0;
    for (int x = 0; x < end; x++) {
      String marks = details.marks(x);
      long extra = details.extra(x);
      if (extra == 0 && marks.isEmpty()) {
        continue;
      }
      room(length, DETAIL);
      SHORT.set(bytes, length, (short) x);
      LONG.set(bytes, length + 2, extra);
      bytes[length + 10] = (byte) marks.length();
      length += 11;
      for (int i = 0; i < marks.length(); i++, length += 2) {
        SHORT.set(bytes, length, (short) marks.charAt(i));
      }
      count++;
    }
    SHORT.set(bytes, start, (short) count);
  }

  // --- packed rows

  /** Bytes of the packed row at {@code offset}. */
  static int length(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  static boolean isWrapped(byte[] bytes, int offset) {
    return (bytes[offset + 4] & WRAPPED) != 0;
  }

  /** The text of the packed row ends in it. */
  static void end(byte[] bytes, int offset) {
    bytes[offset + 4] &= ~WRAPPED;
  }

  static Line unpack(byte[] bytes, int offset) {
    int flags = bytes[offset + 4];
    int cells = (short) SHORT.get(bytes, offset + 5);
    int runs = (short) SHORT.get(bytes, offset + 7);
    int at = offset + HEADER;
    long[] styles = runs == 1 ? new long[] {(long) LONG.get(bytes, at + 2)} : new long[cells];
    if (runs > 1) {
      unpackRuns(bytes, at, styles, runs);
    }
    at += runs * RUN;
    int[] glyphs = new int[cells];
    int size = (flags & FOUR_BYTES) != 0 ? 4 : (flags & TWO_BYTES) != 0 ? 2 : 1;
    for (int x = 0; x < cells; x++) {
      glyphs[x] =
          switch (size) {
            case 1 -> bytes[at + x] & 0xff;
            case 2 -> ((short) SHORT.get(bytes, at + 2 * x) & 0xffff) - 1;
            default -> (int) INT.get(bytes, at + 4 * x);
          };
    }
    at += size * cells;
    CellDetails details = (flags & DETAILS) != 0 ? unpackDetails(bytes, at, cells) : null;
    return new Line(glyphs, styles, details, cells, (flags & WRAPPED) != 0);
  }

  private static void unpackRuns(byte[] bytes, int offset, long[] values, int count) {
    int x = 0;
    for (int i = 0; i < count; i++) {
      int at = offset + i * RUN;
      int end = x + (short) SHORT.get(bytes, at);
      Arrays.fill(values, x, end, (long) LONG.get(bytes, at + 2));
      x = end;
    }
  }

  private static CellDetails unpackDetails(byte[] bytes, int offset, int cells) {
    CellDetails details = new CellDetails(cells);
    int count = (short) SHORT.get(bytes, offset);
    int at = offset + 2;
    for (int i = 0; i < count; i++) {
      int column = (short) SHORT.get(bytes, at);
      long extra = (long) LONG.get(bytes, at + 2);
      details.set(column, column + 1, extra);
      char[] marks = new char[bytes[at + 10]];
      at += 11;
      for (int c = 0; c < marks.length; c++, at += 2) {
        marks[c] = (char) (short) SHORT.get(bytes, at);
      }
      if (marks.length > 0) {
        details.setMarks(column, new String(marks));
      }
    }
    return details;
  }
}
