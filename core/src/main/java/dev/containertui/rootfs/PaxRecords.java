package dev.containertui.rootfs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The records of a pax extended header, {@code "LENGTH KEY=VALUE\n"} each (POSIX.1-2017, pax
 * Extended Header). Values are bytes: file names need not be UTF-8, and extended attributes are
 * binary.
 */
final class PaxRecords {
  private static final String[] XATTR_PREFIXES = {"SCHILY.xattr.", "LIBARCHIVE.xattr."};
  private static final int MAX_DIGITS = 18;
  private static final int NANO_DIGITS = 9;

  private final Map<String, byte[]> values = new HashMap<>();

  /** GNU's sparse format 0.0 repeats these keys: offset, length, offset, length. */
  private final List<Long> sparsePairs = new ArrayList<>();

  static PaxRecords none() {
    return new PaxRecords();
  }

  static PaxRecords parse(byte[] data) throws LayerException {
    PaxRecords records = new PaxRecords();
    int at = 0;
    while (at < data.length) {
      int space = at;
      while (space < data.length && data[space] != ' ') {
        space++;
      }
      long length = unsigned(Arrays.copyOfRange(data, at, space), "record length");
      if (length > data.length - at
          || length < space - at + 2
          || data[at + (int) length - 1] != '\n') {
        throw new LayerException("a malformed record in a pax header");
      }
      int end = at + (int) length - 1;
      int equals = space + 1;
      while (equals < end && data[equals] != '=') {
        equals++;
      }
      if (equals >= end || equals == space + 1) {
        throw new LayerException("a malformed record in a pax header");
      }
      String key = new String(data, space + 1, equals - space - 1, StandardCharsets.UTF_8);
      records.put(key, Arrays.copyOfRange(data, equals + 1, end));
      at = end + 1;
    }
    return records;
  }

  private void put(String key, byte[] value) throws LayerException {
    if (key.indexOf('\0') >= 0) {
      throw new LayerException("NUL in a key of a pax header");
    }
    switch (key) {
      case "GNU.sparse.offset", "GNU.sparse.numbytes" -> {
        boolean offset = key.equals("GNU.sparse.offset");
        if (offset != (sparsePairs.size() % 2 == 0)) {
          throw new LayerException("a malformed sparse map");
        }
        sparsePairs.add(unsigned(value, "sparse map"));
      }
      default -> values.put(key, value);
    }
  }

  /** A text value, without NUL; null if there is none or it is empty, which cancels the key. */
  byte[] text(String key) throws LayerException {
    byte[] value = values.get(key);
    if (value == null || value.length == 0) {
      return null;
    }
    for (byte b : value) {
      if (b == 0) {
        throw new LayerException("NUL in the value of " + key + " in a pax header");
      }
    }
    return value;
  }

  /** A decimal number, not negative; {@code otherwise} if there is none. */
  long number(String key, long otherwise) throws LayerException {
    byte[] value = values.get(key);
    return value == null || value.length == 0 ? otherwise : unsigned(value, key);
  }

  /** The time of {@code mtime}; {@code otherwise} if there is none. */
  Instant modified(Instant otherwise) throws LayerException {
    byte[] value = values.get("mtime");
    if (value == null || value.length == 0) {
      return otherwise;
    }
    String text = new String(value, StandardCharsets.ISO_8859_1);
    boolean negative = text.startsWith("-");
    int dot = text.indexOf('.');
    String whole = text.substring(negative ? 1 : 0, dot < 0 ? text.length() : dot);
    String fraction = dot < 0 ? "" : text.substring(dot + 1);
    long seconds = digits(whole, "mtime");
    String nine = (fraction + "000000000").substring(0, NANO_DIGITS);
    if (!fraction.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new LayerException("a malformed mtime in a pax header");
    }
    long nanos = digits(nine, "mtime");
    return negative ? bounded(-seconds).minusNanos(nanos) : bounded(seconds).plusNanos(nanos);
  }

  /** Far beyond what any file system stores, and safe to calculate with. */
  private static Instant bounded(long seconds) {
    return Instant.ofEpochSecond(Math.clamp(seconds, -(1L << 40), 1L << 40));
  }

  /** Extended attributes: raw from GNU tar, star and Go; base64 from libarchive. */
  SortedMap<String, byte[]> xattrs() throws LayerException {
    SortedMap<String, byte[]> found = new TreeMap<>();
    for (Map.Entry<String, byte[]> record : values.entrySet()) {
      String key = record.getKey();
      if (key.startsWith(XATTR_PREFIXES[1])) {
        String name = decodePercent(key.substring(XATTR_PREFIXES[1].length()));
        found.putIfAbsent(name, decodeBase64(record.getValue()));
      } else if (key.startsWith(XATTR_PREFIXES[0])) {
        // Written besides the other form by libarchive; this one is exact.
        found.put(key.substring(XATTR_PREFIXES[0].length()), record.getValue());
      }
    }
    return found;
  }

  /** The sparse map of formats 0.0 and 0.1, flat; null if there is none. */
  List<Long> sparseMap() throws LayerException {
    byte[] map = values.get("GNU.sparse.map");
    if (map == null) {
      return sparsePairs.isEmpty() ? null : sparsePairs;
    }
    List<Long> numbers = new ArrayList<>();
    for (String number : new String(map, StandardCharsets.ISO_8859_1).split(",", -1)) {
      numbers.add(digits(number, "sparse map"));
    }
    return numbers;
  }

  static long unsigned(byte[] value, String what) throws LayerException {
    return digits(new String(value, StandardCharsets.ISO_8859_1), what);
  }

  private static long digits(String text, String what) throws LayerException {
    if (text.isEmpty()
        || text.length() > MAX_DIGITS
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new LayerException("a malformed " + what + " in a pax header");
    }
    return Long.parseLong(text);
  }

  private static byte[] decodeBase64(byte[] value) throws LayerException {
    try {
      return Base64.getDecoder().decode(value);
    } catch (IllegalArgumentException e) {
      throw new LayerException("a malformed extended attribute in a pax header", e);
    }
  }

  private static String decodePercent(String text) {
    StringBuilder decoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 2 < text.length()) {
        int high = Character.digit(text.charAt(i + 1), 16);
        int low = Character.digit(text.charAt(i + 2), 16);
        if (high >= 0 && low >= 0) {
          decoded.append((char) (high << 4 | low));
          i += 2;
          continue;
        }
      }
      decoded.append(c);
    }
    return decoded.toString();
  }
}
