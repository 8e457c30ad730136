package dev.containertui.rootfs;

import dev.containertui.ext4.Ext4Exception;
import dev.containertui.ext4.FileName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Names of archive members as lists of file names. Absolute names are relative to the root of the
 * image; empty parts and {@code .} say nothing; {@code ..} has no business in a layer and is
 * refused.
 */
final class EntryNames {
  /** PATH_MAX: no engine unpacks longer ones. */
  private static final int MAX_PATH_BYTES = 4096;

  private EntryNames() {}

  /** Splits a name; empty for the root itself. */
  static List<FileName> parse(byte[] name) throws LayerException {
    if (name.length == 0) {
      throw new LayerException("a member without a name");
    }
    if (name.length >= MAX_PATH_BYTES) {
      throw new LayerException(
          "a name of " + name.length + " bytes; " + MAX_PATH_BYTES + " is the limit");
    }
    List<FileName> names = new ArrayList<>();
    for (byte[] part : split(name)) {
      if (isParent(part)) {
        throw new LayerException("'..' in a name: " + FileName.printable(name));
      }
      names.add(fileName(part));
    }
    return names;
  }

  /** The parts of a path that are neither empty nor {@code .}. */
  static List<byte[]> split(byte[] path) {
    List<byte[]> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= path.length; i++) {
      if (i == path.length || path[i] == '/') {
        boolean nothing = i == start || (i == start + 1 && path[start] == '.');
        if (!nothing) {
          parts.add(Arrays.copyOfRange(path, start, i));
        }
        start = i + 1;
      }
    }
    return parts;
  }

  static boolean isParent(byte[] part) {
    return part.length == 2 && part[0] == '.' && part[1] == '.';
  }

  static FileName fileName(byte[] part) throws LayerException {
    try {
      return FileName.of(part);
    } catch (Ext4Exception e) {
      throw new LayerException(e.getMessage(), e);
    }
  }

  /** What follows the first {@code count} bytes of a name. */
  static FileName withoutFirst(FileName name, int count) throws LayerException {
    byte[] bytes = name.bytes();
    return fileName(Arrays.copyOfRange(bytes, count, bytes.length));
  }
}
