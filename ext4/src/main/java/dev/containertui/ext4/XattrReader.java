package dev.containertui.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SortedMap;

/** Decodes extended attributes, in an inode or in a block. */
final class XattrReader {
  private XattrReader() {}

  /**
   * Adds what is stored in a space.
   *
   * @param space values' offsets count from its start
   * @param first offset of the first entry
   */
  static void read(byte[] space, int first, ImageSource image, SortedMap<String, byte[]> into) {
    ByteBuffer buffer = ByteBuffer.wrap(space).order(ByteOrder.LITTLE_ENDIAN);
    int at = first;
    // Four zero bytes end the list, or the space does.
    while (at + 4 <= space.length && buffer.getInt(at) != 0) {
      if (at + Format.XATTR_ENTRY_BYTES > space.length) {
        throw image.corrupt("a malformed extended attribute");
      }
      int nameLength = space[at] & 0xff;
      int index = space[at + 1] & 0xff;
      int offset = buffer.getShort(at + 2) & 0xffff;
      int elsewhere = buffer.getInt(at + 4);
      int length = buffer.getInt(at + 8);
      int nameEnd = at + Format.XATTR_ENTRY_BYTES + nameLength;
      if (elsewhere != 0
          || nameEnd > space.length
          || length < 0
          || (length > 0 && (offset > space.length || length > space.length - offset))) {
        throw image.corrupt("a malformed extended attribute");
      }
      byte[] name = Arrays.copyOfRange(space, at + Format.XATTR_ENTRY_BYTES, nameEnd);
      byte[] value = length == 0 ? new byte[0] : Arrays.copyOfRange(space, offset, offset + length);
      String fullName = Xattrs.fullName(index, name);
      if (!fullName.isEmpty()) {
        into.put(fullName, PosixAcl.isAcl(fullName) ? PosixAcl.fromDisk(value) : value);
      }
      at = (nameEnd + 3) & ~3;
    }
  }
}
