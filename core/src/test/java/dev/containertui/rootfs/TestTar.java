package dev.containertui.rootfs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes tar archives byte by byte, right ones and wrong ones. */
public final class TestTar {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int mode = 0644;
  private long uid;
  private long gid;
  private long modified;
  private int major;
  private int minor;

  public TestTar mode(int newMode) {
    mode = newMode;
    return this;
  }

  public TestTar owner(long newUid, long newGid) {
    uid = newUid;
    gid = newGid;
    return this;
  }

  public TestTar modified(long seconds) {
    modified = seconds;
    return this;
  }

  public TestTar directory(String name) {
    return directory(name, 0755);
  }

  public TestTar directory(String name, int directoryMode) {
    int before = mode;
    mode = directoryMode;
    member('5', latin(name), new byte[0], new byte[0]);
    mode = before;
    return this;
  }

  public TestTar file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  public TestTar file(String name, byte[] content) {
    return member('0', latin(name), new byte[0], content);
  }

  public TestTar symlink(String name, String target) {
    return member('2', latin(name), latin(target), new byte[0]);
  }

  public TestTar hardLink(String name, String target) {
    return member('1', latin(name), latin(target), new byte[0]);
  }

  public TestTar fifo(String name) {
    return member('6', latin(name), new byte[0], new byte[0]);
  }

  public TestTar device(char type, String name, int newMajor, int newMinor) {
    major = newMajor;
    minor = newMinor;
    member(type, latin(name), new byte[0], new byte[0]);
    major = 0;
    minor = 0;
    return this;
  }

  /** A pax header of these records for the member that follows. */
  public TestTar pax(Map<String, byte[]> records) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    records.forEach((key, value) -> data.writeBytes(record(key, value)));
    return member('x', latin("pax"), new byte[0], data.toByteArray());
  }

  public TestTar pax(String... keysAndValues) {
    Map<String, byte[]> records = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      records.put(keysAndValues[i], latin(keysAndValues[i + 1]));
    }
    return pax(records);
  }

  /** A member with data, in the old format: names longer than the field are cut. */
  public TestTar member(char type, byte[] name, byte[] link, byte[] data) {
    header(type, name, link, data.length);
    return bytes(data).bytes(new byte[-data.length & 511]);
  }

  /** A header alone, whose size field may lie; numbers too large for octal are base-256. */
  public TestTar header(char type, byte[] name, byte[] link, long size) {
    byte[] block = new byte[512];
    put(block, 0, name, 100);
    number(block, 100, 8, mode);
    number(block, 108, 8, uid);
    number(block, 116, 8, gid);
    number(block, 124, 12, size);
    number(block, 136, 12, modified);
    block[156] = (byte) type;
    put(block, 157, link, 100);
    put(block, 257, latin("ustar  "), 8);
    number(block, 329, 8, major);
    number(block, 337, 8, minor);
    return bytes(sealed(block));
  }

  static byte[] sealed(byte[] block) {
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    put(block, 148, latin("%06o\0 ".formatted(sum)), 8);
    return block;
  }

  public TestTar bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** The archive with its end mark. */
  public byte[] end() {
    bytes(new byte[1024]);
    return out.toByteArray();
  }

  /** The archive without. */
  public byte[] cut() {
    return out.toByteArray();
  }

  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] record(String key, byte[] value) {
    int body = 1 + key.length() + 1 + value.length + 1;
    int length = body + 1;
    while (String.valueOf(length).length() + body != length) {
      length = String.valueOf(length).length() + body;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(latin(length + " " + key + "="));
    bytes.writeBytes(value);
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void put(byte[] block, int offset, byte[] text, int limit) {
    System.arraycopy(text, 0, block, offset, Math.min(text.length, limit));
  }

  private static void number(byte[] block, int offset, int length, long value) {
    long limit = 1L << (3 * (length - 1));
    if (value >= 0 && value < limit) {
      String octal = Long.toOctalString(value);
      put(block, offset, latin("0".repeat(length - 1 - octal.length()) + octal), length);
      return;
    }
    for (int i = 0; i < length; i++) {
      int shift = 8 * (length - 1 - i);
      block[offset + i] = (byte) (shift >= 64 ? (value < 0 ? 0xff : 0) : value >> shift);
    }
    block[offset] |= (byte) 0x80;
  }
}
