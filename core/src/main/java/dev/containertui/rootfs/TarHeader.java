package dev.containertui.rootfs;

import java.util.Arrays;

/**
 * The 512 bytes before each member of a tar archive: POSIX ustar, GNU, or the old format that both
 * grew out of (POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format").
 */
final class TarHeader {
  static final int BYTES = 512;

  private static final int CHECKSUM_OFFSET = 148;
  private static final int CHECKSUM_LENGTH = 8;
  private static final byte[] USTAR = {'u', 's', 't', 'a', 'r', 0};

  private final byte[] block;

  private TarHeader(byte[] block) {
    this.block = block;
  }

  /** A header whose checksum is right. */
  static TarHeader of(byte[] block) throws LayerException {
    TarHeader header = new TarHeader(block);
    header.verify();
    return header;
  }

  /** A block of numbers laid out as in a header, which has no checksum. */
  static TarHeader unchecked(byte[] block) {
    return new TarHeader(block);
  }

  private void verify() throws LayerException {
    long stored = octal(CHECKSUM_OFFSET, CHECKSUM_LENGTH, "checksum");
    long unsigned = 0;
    long signed = 0;
    for (int i = 0; i < BYTES; i++) {
      boolean inChecksum = i >= CHECKSUM_OFFSET && i < CHECKSUM_OFFSET + CHECKSUM_LENGTH;
      unsigned += inChecksum ? ' ' : block[i] & 0xff;
      signed += inChecksum ? ' ' : block[i];
    }
    // Some old programs summed signed bytes.
    if (stored != unsigned && stored != signed) {
      throw new LayerException("not a tar archive, or damaged: a header's checksum is wrong");
    }
  }

  static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  char typeFlag() {
    return (char) (block[156] & 0xff);
  }

  /** The name, with ustar's prefix before it; GNU archives keep other things there. */
  byte[] name() {
    byte[] name = text(0, 100);
    if (!Arrays.equals(block, 257, 263, USTAR, 0, USTAR.length)) {
      return name;
    }
    byte[] prefix = text(345, 155);
    if (prefix.length == 0) {
      return name;
    }
    byte[] joined = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
    joined[prefix.length] = '/';
    System.arraycopy(name, 0, joined, prefix.length + 1, name.length);
    return joined;
  }

  byte[] linkName() {
    return text(157, 100);
  }

  long mode() throws LayerException {
    return number(100, 8, "mode");
  }

  long uid() throws LayerException {
    return number(108, 8, "user id");
  }

  long gid() throws LayerException {
    return number(116, 8, "group id");
  }

  long size() throws LayerException {
    return number(124, 12, "size");
  }

  long modifiedSeconds() throws LayerException {
    return number(136, 12, "time");
  }

  long major() throws LayerException {
    return number(329, 8, "device number");
  }

  long minor() throws LayerException {
    return number(337, 8, "device number");
  }

  /** Any number of the header, for the sparse maps of GNU tar. */
  long number(int offset, int length, String what) throws LayerException {
    if ((block[offset] & 0x80) == 0) {
      return octal(offset, length, what);
    }
    // GNU's base-256: big-endian two's complement, the first bit a mark.
    boolean negative = (block[offset] & 0x40) != 0;
    long value = negative ? -1 : 0;
    for (int i = 0; i < length; i++) {
      int b = block[offset + i] & 0xff;
      if (i == 0) {
        b = negative ? b : b & 0x7f;
      }
      if (value >> 55 != 0 && value >> 55 != -1) {
        throw new LayerException("a number too large for a " + what);
      }
      value = (value << 8) | b;
    }
    return value;
  }

  int flag(int offset) {
    return block[offset];
  }

  private long octal(int offset, int length, String what) throws LayerException {
    int at = offset;
    int end = offset + length;
    while (at < end && (block[at] == ' ' || block[at] == 0)) {
      at++;
    }
    long value = 0;
    while (at < end && block[at] != ' ' && block[at] != 0) {
      int digit = block[at++] - '0';
      if (digit < 0 || digit > 7) {
        throw new LayerException("a malformed " + what + " in a tar header");
      }
      value = value << 3 | digit;
    }
    return value;
  }

  private byte[] text(int offset, int length) {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(block, offset, end);
  }
}
