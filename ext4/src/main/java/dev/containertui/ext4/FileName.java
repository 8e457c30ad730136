package dev.containertui.ext4;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of one directory entry: 1–255 bytes, any but {@code /} and NUL, not {@code .} or {@code
 * ..}. Names are bytes, not characters: what an archive calls {@code caf\xe9} keeps that name.
 * Ordered as unsigned bytes.
 */
public final class FileName implements Comparable<FileName> {
  /** Longest name in bytes (EXT4_NAME_LEN). */
  public static final int MAX_BYTES = 255;

  private final byte[] bytes;

  private FileName(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A name of the UTF-8 bytes of {@code name}. */
  public static FileName of(String name) {
    return of(name.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A name of a copy of {@code name}.
   *
   * @throws Ext4Exception INVALID if no directory can hold that name
   */
  public static FileName of(byte[] name) {
    if (name.length == 0 || name.length > MAX_BYTES) {
      throw new Ext4Exception(
          Ext4Exception.Reason.INVALID,
          "a file name has 1 to " + MAX_BYTES + " bytes, not " + name.length);
    }
    for (byte b : name) {
      if (b == 0 || b == '/') {
        throw new Ext4Exception(
            Ext4Exception.Reason.INVALID, "a file name cannot hold '/' or NUL: " + printable(name));
      }
    }
    if (name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'))) {
      throw new Ext4Exception(Ext4Exception.Reason.INVALID, "not a file name: " + printable(name));
    }
    return new FileName(name.clone());
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  public int length() {
    return bytes.length;
  }

  /** Whether the name begins with the UTF-8 bytes of {@code prefix}. */
  public boolean startsWith(String prefix) {
    byte[] start = prefix.getBytes(StandardCharsets.UTF_8);
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  @Override
  public int compareTo(FileName other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileName name && Arrays.equals(bytes, name.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** For people: UTF-8 where it is UTF-8, escapes for what would upset a terminal. */
  @Override
  public String toString() {
    return printable(bytes);
  }

  /** Bytes from a stranger as text that is safe to print on one line. */
  public static String printable(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean lossy = !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
    if (!lossy && text.codePoints().noneMatch(FileName::unprintable)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      if (b >= 0x20 && b < 0x7f) {
        escaped.append((char) b);
      } else {
        escaped.append(String.format("\\x%02x", b & 0xff));
      }
    }
    return escaped.toString();
  }

  private static boolean unprintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
