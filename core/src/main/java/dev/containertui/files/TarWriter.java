package dev.containertui.files;

import dev.containertui.ext4.FileType;
import dev.containertui.ext4.Stat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes tar archives in the pax format (POSIX.1-2017, pax): a ustar header for each member, and an
 * extended header before it for what does not fit there. The same members give the same bytes.
 *
 * <p>Names are bytes. Those that are not UTF-8 are written as they are, as GNU tar does. Extended
 * attributes are {@code SCHILY.xattr.} records, as star, GNU tar and Go have them; libraries for
 * Java that write archives take text for both.
 */
final class TarWriter {
  private static final int BLOCK_BYTES = 512;
  private static final int NAME_BYTES = 100;
  private static final long MAX_OCTAL_7 = 07777777;
  private static final long MAX_OCTAL_11 = 077777777777L;
  private static final int COPY_BYTES = 128 << 10;

  private final OutputStream out;
  private final byte[] buffer = new byte[COPY_BYTES];

  TarWriter(OutputStream out) {
    this.out = out;
  }

  private static char typeFlag(FileType type) {
    return switch (type) {
      case FILE -> '0';
      case SYMLINK -> '2';
      case CHARACTER_DEVICE -> '3';
      case BLOCK_DEVICE -> '4';
      case DIRECTORY -> '5';
      case FIFO -> '6';
      case SOCKET -> throw new IllegalArgumentException("archives cannot hold sockets");
    };
  }

  /** Writes the header of a member that has no content, or of a file before its content. */
  void member(byte[] name, Stat stat) throws IOException {
    byte[] link = stat.type() == FileType.SYMLINK ? stat.linkTarget() : new byte[0];
    long size = stat.type() == FileType.FILE ? stat.sizeBytes() : 0;
    boolean directory = stat.type() == FileType.DIRECTORY && name[name.length - 1] != '/';
    write(typeFlag(stat.type()), directory ? append(name, '/') : name, link, size, stat, true);
  }

  /** Writes another name of a file that has been written. */
  void hardLink(byte[] name, byte[] target, Stat stat) throws IOException {
    write('1', name, target, 0, stat, false);
  }

  /** Writes an empty file of nobody's: a mark of its name. */
  void mark(byte[] name) throws IOException {
    SortedMap<String, byte[]> records = new TreeMap<>();
    putName(records, "path", name);
    if (!records.isEmpty()) {
      extended(records, name);
    }
    out.write(sealed(header('0', name, new byte[0], 0)));
  }

  /** Writes the content of the file whose header was written last: exactly as much as it said. */
  void content(InputStream content, long sizeBytes) throws IOException {
    long left = sizeBytes;
    while (left > 0) {
      int count = content.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw new IOException("a file that is shorter than its length");
      }
      DiskFailures.checkInterrupt();
      out.write(buffer, 0, count);
      left -= count;
    }
    pad(sizeBytes);
  }

  /** Writes the end mark. The stream stays open. */
  void finish() throws IOException {
    out.write(new byte[2 * BLOCK_BYTES]);
    out.flush();
  }

  private void write(char type, byte[] name, byte[] link, long size, Stat stat, boolean withXattrs)
      throws IOException {
    long uid = stat.attributes().uid();
    long gid = stat.attributes().gid();
    Instant modified = stat.attributes().modified();
    SortedMap<String, byte[]> records = new TreeMap<>();
    putName(records, "path", name);
    putName(records, "linkpath", link);
    putNumber(records, "uid", uid, MAX_OCTAL_7);
    putNumber(records, "gid", gid, MAX_OCTAL_7);
    putNumber(records, "size", size, MAX_OCTAL_11);
    long seconds = modified.getEpochSecond();
    if (modified.getNano() != 0 || seconds < 0 || seconds > MAX_OCTAL_11) {
      records.put("mtime", latin(decimal(modified)));
    }
    if (withXattrs) {
      stat.attributes()
          .xattrs()
          .forEach((key, value) -> records.put("SCHILY.xattr." + keyword(key), value));
    }
    if (!records.isEmpty()) {
      extended(records, name);
    }
    byte[] header = header(type, name, link, size <= MAX_OCTAL_11 ? size : 0);
    putOctal(header, 100, 8, stat.attributes().permissions());
    putOctal(header, 108, 8, uid <= MAX_OCTAL_7 ? uid : 0);
    putOctal(header, 116, 8, gid <= MAX_OCTAL_7 ? gid : 0);
    putOctal(header, 136, 12, seconds(stat));
    if (type == '3' || type == '4') {
      putOctal(header, 329, 8, stat.major());
      putOctal(header, 337, 8, stat.minor());
    }
    out.write(sealed(header));
  }

  private static long seconds(Stat stat) {
    return Math.clamp(stat.attributes().modified().getEpochSecond(), 0, MAX_OCTAL_11);
  }

  /** A header of all that every member has; owner, mode and time are 0. */
  private static byte[] header(char type, byte[] name, byte[] link, long size) {
    byte[] header = new byte[BLOCK_BYTES];
    put(header, 0, name, NAME_BYTES);
    putOctal(header, 100, 8, 0);
    putOctal(header, 108, 8, 0);
    putOctal(header, 116, 8, 0);
    putOctal(header, 124, 12, size);
    putOctal(header, 136, 12, 0);
    header[156] = (byte) type;
    put(header, 157, link, NAME_BYTES);
    put(header, 257, latin("ustar\0" + "00"), 8);
    putOctal(header, 329, 8, 0);
    putOctal(header, 337, 8, 0);
    return header;
  }

  private static byte[] sealed(byte[] header) {
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, latin("%06o\0 ".formatted(sum)), 8);
    return header;
  }

  private void extended(SortedMap<String, byte[]> records, byte[] name) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (byte[] text : new byte[][] {records.get("path"), records.get("linkpath")}) {
      if (text != null && !isUtf8(text) && data.size() == 0) {
        record(data, "hdrcharset", latin("BINARY"));
      }
    }
    for (Map.Entry<String, byte[]> record : records.entrySet()) {
      record(data, record.getKey(), record.getValue());
    }
    byte[] last = Arrays.copyOfRange(name, lastNameStart(name), name.length);
    byte[] own = concat(latin("PaxHeaders.0/"), last);
    byte[] header = header('x', own, new byte[0], data.size());
    putOctal(header, 100, 8, 0644);
    out.write(sealed(header));
    data.writeTo(out);
    pad(data.size());
  }

  private static int lastNameStart(byte[] name) {
    int at = name.length - 1;
    while (at > 0 && name[at - 1] != '/') {
      at--;
    }
    return Math.max(at, 0);
  }

  /** {@code "LENGTH KEY=VALUE\n"}, where the length counts itself. */
  private static void record(ByteArrayOutputStream data, String key, byte[] value) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    int rest = keyBytes.length + value.length + 3;
    int length = rest + String.valueOf(rest).length();
    length = rest + String.valueOf(length).length();
    data.writeBytes(latin(length + " "));
    data.writeBytes(keyBytes);
    data.write('=');
    data.writeBytes(value);
    data.write('\n');
  }

  /** As GNU tar does, so that a name does not end at the first {@code =} that it has. */
  private static String keyword(String xattr) {
    return xattr.indexOf('=') < 0 ? xattr : xattr.replace("%", "%25").replace("=", "%3D");
  }

  private static void putName(SortedMap<String, byte[]> records, String key, byte[] name) {
    boolean ascii = true;
    for (byte b : name) {
      ascii &= b > 0;
    }
    // What is no text in any charset is best left to the header, where all take bytes.
    if (name.length > NAME_BYTES || (!ascii && isUtf8(name))) {
      records.put(key, name);
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static void putNumber(
      SortedMap<String, byte[]> records, String key, long value, long max) {
    if (value > max) {
      records.put(key, latin(Long.toString(value)));
    }
  }

  /** Seconds with a fraction that always adds up: {@code -1.5} is half a second before -1. */
  private static String decimal(Instant time) {
    long seconds = time.getEpochSecond();
    int nanos = time.getNano();
    String sign = "";
    if (seconds < 0) {
      sign = "-";
      seconds = nanos == 0 ? -seconds : -seconds - 1;
      nanos = nanos == 0 ? 0 : 1_000_000_000 - nanos;
    }
    String fraction = nanos == 0 ? "" : ".%09d".formatted(nanos).replaceAll("0+$", "");
    return sign + seconds + fraction;
  }

  private void pad(long written) throws IOException {
    out.write(new byte[(int) (-written & (BLOCK_BYTES - 1))]);
  }

  private static void put(byte[] header, int offset, byte[] text, int limit) {
    System.arraycopy(text, 0, header, offset, Math.min(text.length, limit));
  }

  private static void putOctal(byte[] header, int offset, int length, long value) {
    String octal = Long.toOctalString(value);
    put(header, offset, latin("0".repeat(length - 1 - octal.length()) + octal), length);
  }

  private static byte[] append(byte[] bytes, char last) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    longer[bytes.length] = (byte) last;
    return longer;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
