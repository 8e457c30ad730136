package dev.containertui.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/**
 * Extended attributes as ext4 stores them: a prefix number, the rest of the name, a value at the
 * far end of the same space (Documentation/filesystems/ext4, "Extended Attributes").
 */
final class Xattrs {
  /** Room behind the fixed fields of an inode, its magic number included. */
  static final int INLINE_BYTES =
      Format.INODE_BYTES - Format.INODE_BASE_BYTES - Format.INODE_EXTRA_BYTES;

  private static final int MAX_NAME_BYTES = 255;

  /** A prefix and its number. */
  private record Prefix(String text, int index) {}

  private static final List<Prefix> PREFIXES =
      List.of(
          new Prefix("user.", 1),
          new Prefix("trusted.", 4),
          new Prefix("security.", 6),
          new Prefix("system.", 7));

  static final int ACL_ACCESS_INDEX = 2;
  static final int ACL_DEFAULT_INDEX = 3;

  /** An attribute in its stored form. */
  record Entry(int index, byte[] name, byte[] value) {
    /** Order in a block: kernel lookups there stop early. */
    static final Comparator<Entry> BLOCK_ORDER =
        Comparator.comparingInt(Entry::index)
            .thenComparingInt(e -> e.name.length)
            .thenComparing(Entry::name, Arrays::compareUnsigned);

    int entryBytes() {
      return pad(Format.XATTR_ENTRY_BYTES + name.length);
    }

    int totalBytes() {
      return entryBytes() + pad(value.length);
    }

    /** e_hash: over the name's bytes and the value's little-endian words. */
    int hash() {
      int hash = 0;
      for (byte b : name) {
        hash = (hash << 5) ^ (hash >>> 27) ^ (b & 0xff);
      }
      ByteBuffer words =
          ByteBuffer.wrap(Arrays.copyOf(value, pad(value.length))).order(ByteOrder.LITTLE_ENDIAN);
      while (words.hasRemaining()) {
        hash = (hash << 16) ^ (hash >>> 16) ^ words.getInt();
      }
      return hash;
    }
  }

  /**
   * How the attributes of one inode are shared out.
   *
   * @param inline bytes for the inode, empty if there are none
   * @param block the external block without its checksum, empty if none is needed
   */
  record Placed(byte[] inline, byte[] block) {}

  private Xattrs() {}

  /** Whether ext4 can store an attribute of this name. */
  static boolean isStorable(String name) {
    if (PosixAcl.isAcl(name)) {
      return true;
    }
    for (Prefix prefix : PREFIXES) {
      if (name.startsWith(prefix.text) && !prefix.text.equals("system.")) {
        int length = name.substring(prefix.text.length()).getBytes(StandardCharsets.UTF_8).length;
        return length > 0 && length <= MAX_NAME_BYTES;
      }
    }
    return false;
  }

  /** Full name of a stored attribute, empty if the prefix number is unknown. */
  static String fullName(int index, byte[] name) {
    String rest = new String(name, StandardCharsets.UTF_8);
    return switch (index) {
      case ACL_ACCESS_INDEX -> PosixAcl.ACCESS;
      case ACL_DEFAULT_INDEX -> PosixAcl.DEFAULT;
      default ->
          PREFIXES.stream()
              .filter(prefix -> prefix.index == index)
              .findFirst()
              .map(prefix -> prefix.text + rest)
              .orElse("");
    };
  }

  /** Puts what fits into the inode, security attributes first, and the rest into one block. */
  static Placed place(SortedMap<String, byte[]> attributes) {
    List<Entry> entries = new ArrayList<>();
    attributes.forEach((name, value) -> entries.add(stored(name, value)));
    entries.sort(Comparator.comparing((Entry e) -> e.index != 6).thenComparing(Entry.BLOCK_ORDER));
    List<Entry> inline = new ArrayList<>();
    List<Entry> external = new ArrayList<>();
    // 4 bytes of magic, 4 of the zero that ends the list.
    int inlineRoom = INLINE_BYTES - 8;
    int blockRoom = Format.BLOCK_BYTES - Format.XATTR_BLOCK_HEADER_BYTES - 4;
    for (Entry entry : entries) {
      if (entry.totalBytes() <= inlineRoom) {
        inlineRoom -= entry.totalBytes();
        inline.add(entry);
      } else {
        blockRoom -= entry.totalBytes();
        external.add(entry);
      }
    }
    if (blockRoom < 0) {
      throw new Ext4Exception(
          Ext4Exception.Reason.LIMIT,
          "the extended attributes of one file take more than a block of 4096 bytes");
    }
    return new Placed(
        inline.isEmpty() ? new byte[0] : inlineSpace(inline),
        external.isEmpty() ? new byte[0] : block(external));
  }

  private static Entry stored(String name, byte[] value) {
    if (PosixAcl.isAcl(name)) {
      int index = name.equals(PosixAcl.ACCESS) ? ACL_ACCESS_INDEX : ACL_DEFAULT_INDEX;
      return new Entry(index, new byte[0], PosixAcl.toDisk(value));
    }
    for (Prefix prefix : PREFIXES) {
      if (name.startsWith(prefix.text)) {
        byte[] rest = name.substring(prefix.text.length()).getBytes(StandardCharsets.UTF_8);
        return new Entry(prefix.index, rest, value);
      }
    }
    throw new IllegalStateException(name);
  }

  private static byte[] inlineSpace(List<Entry> entries) {
    ByteBuffer space = ByteBuffer.allocate(INLINE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    space.putInt(Format.XATTR_MAGIC);
    // Offsets of values count from the first entry here, but from the block's start in a block.
    putEntries(space, entries, 4);
    return space.array();
  }

  private static byte[] block(List<Entry> entries) {
    ByteBuffer block = ByteBuffer.allocate(Format.BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    block.putInt(Format.XATTR_MAGIC).putInt(1).putInt(1);
    int hash = 0;
    for (Entry entry : entries) {
      hash = (hash << 16) ^ (hash >>> 16) ^ entry.hash();
    }
    block.putInt(hash);
    block.position(Format.XATTR_BLOCK_HEADER_BYTES);
    putEntries(block, entries, 0);
    return block.array();
  }

  private static void putEntries(ByteBuffer space, List<Entry> entries, int origin) {
    entries.sort(Entry.BLOCK_ORDER);
    int valueAt = space.capacity();
    for (Entry entry : entries) {
      int offset = 0;
      if (entry.value.length > 0) {
        valueAt -= pad(entry.value.length);
        space.put(valueAt, entry.value);
        offset = valueAt - origin;
      }
      int start = space.position();
      space.put((byte) entry.name.length).put((byte) entry.index).putShort((short) offset);
      space.putInt(0).putInt(entry.value.length).putInt(entry.hash()).put(entry.name);
      space.position(start + entry.entryBytes());
    }
  }

  private static int pad(int length) {
    return (length + 3) & ~3;
  }
}
