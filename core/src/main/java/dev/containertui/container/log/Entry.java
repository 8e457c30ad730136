package dev.containertui.container.log;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * An entry of a log: u32 length, u8 type, 3 zero bytes, u64 nanoseconds since 1970, all big-endian;
 * then the bytes.
 *
 * @param bytes at most {@link #MAX_BYTES}; empty for those that are no output
 */
record Entry(Type type, Instant at, byte[] bytes) {
  static final int HEADER_BYTES = 16;
  static final int MAX_BYTES = 64 << 10;
  private static final long NANOS = 1_000_000_000L;

  /** Kinds of entries; the order is that of the numbers in files, from 1 on. */
  enum Type {
    OUT,
    ERR,
    RUN_BEGIN,
    RUN_END
  }

  /** An entry's header. */
  record Header(Type type, Instant at, int length) {}

  boolean isOutput() {
    return type == Type.OUT || type == Type.ERR;
  }

  int encodedBytes() {
    return HEADER_BYTES + bytes.length;
  }

  static ByteBuffer encode(Type type, Instant at, byte[] bytes, int offset, int length) {
    return ByteBuffer.allocate(HEADER_BYTES + length)
        .putInt(length)
        .putInt((type.ordinal() + 1) << 24)
        .putLong(Math.addExact(Math.multiplyExact(at.getEpochSecond(), NANOS), at.getNano()))
        .put(bytes, offset, length)
        .flip();
  }

  /** The header at the position of {@code bytes}; null if there is none that makes sense. */
  static Header header(ByteBuffer bytes) {
    int length = bytes.getInt();
    int type = bytes.getInt();
    long nanos = bytes.getLong();
    int number = (type >>> 24) - 1;
    boolean sensible =
        length >= 0
            && length <= MAX_BYTES
            && (type & 0xffffff) == 0
            && number >= 0
            && number < Type.values().length
            && nanos >= 0;
    return sensible
        ? new Header(
            Type.values()[number], Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS), length)
        : null;
  }
}
