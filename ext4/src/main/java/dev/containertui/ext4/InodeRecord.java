package dev.containertui.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Encodes inodes as the 256 bytes they have in an inode table. */
final class InodeRecord {
  private static final int CHECKSUM_LOW = 0x7C;
  private static final int CHECKSUM_HIGH = 0x82;
  private static final int BLOCK_FIELD = 0x28;
  private static final int SECTORS_PER_BLOCK = Format.BLOCK_BYTES / 512;

  private final MetadataChecksum checksum;
  private final ByteBuffer record =
      ByteBuffer.allocate(Format.INODE_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  InodeRecord(MetadataChecksum checksum) {
    this.checksum = checksum;
  }

  /** The record of an inode; the array is valid until the next call. */
  byte[] encode(Node node) {
    Arrays.fill(record.array(), (byte) 0);
    Attributes attributes = node.attributes;
    record.putShort(0x00, (short) (node.type().modeBits() | attributes.permissions()));
    record.putShort(0x02, (short) attributes.uid());
    record.putShort(0x18, (short) attributes.gid());
    record.putShort(0x78, (short) (attributes.uid() >>> 16));
    record.putShort(0x7A, (short) (attributes.gid() >>> 16));
    record.putInt(0x04, (int) node.sizeBytes());
    record.putInt(0x6C, (int) (node.sizeBytes() >>> 32));
    record.putShort(0x1A, (short) links(node));
    record.putInt(0x68, (int) node.xattrBlock);
    record.putShort(0x76, (short) (node.xattrBlock >>> 32));
    putTimes(attributes);
    putContent(node);
    record.putShort(0x80, (short) Format.INODE_EXTRA_BYTES);
    record.put(Format.INODE_BASE_BYTES + Format.INODE_EXTRA_BYTES, node.inlineXattrs);
    int sum = checksum.ofInodePart(node.number, record.array(), 0, Format.INODE_BYTES);
    record.putShort(CHECKSUM_LOW, (short) sum);
    record.putShort(CHECKSUM_HIGH, (short) (sum >>> 16));
    return record.array();
  }

  /** An unused reserved inode. */
  byte[] encodeUnused(int number) {
    Arrays.fill(record.array(), (byte) 0);
    record.putShort(0x80, (short) Format.INODE_EXTRA_BYTES);
    int sum = checksum.ofInodePart(number, record.array(), 0, Format.INODE_BYTES);
    record.putShort(CHECKSUM_LOW, (short) sum);
    record.putShort(CHECKSUM_HIGH, (short) (sum >>> 16));
    return record.array();
  }

  /** A directory of too many subdirectories has one link by convention (dir_nlink). */
  static int links(Node node) {
    if (node instanceof Node.Directory directory) {
      int links = directory.subdirectories + 2;
      return links > Format.MAX_LINKS ? 1 : links;
    }
    return node.links;
  }

  private void putTimes(Attributes attributes) {
    long seconds = Timestamps.clamp(attributes.modified());
    int extra = Timestamps.extra(attributes.modified());
    for (int field : new int[] {0x08, 0x0C, 0x10, 0x90}) {
      record.putInt(field, (int) seconds);
    }
    for (int field : new int[] {0x84, 0x88, 0x8C, 0x94}) {
      record.putInt(field, extra);
    }
  }

  private void putContent(Node node) {
    long blocks = node.xattrBlock == 0 ? 0 : 1;
    switch (node) {
      case Node.Symlink symlink when symlink.isFast() -> record.put(BLOCK_FIELD, symlink.target);
      case Node.Stored stored -> {
        record.putInt(0x20, Format.INODE_FLAG_EXTENTS);
        record.put(BLOCK_FIELD, stored.extentRoot);
        blocks += stored.extents.blocks() + stored.treeBlocks;
      }
      case Node.Special special -> putDevice(special);
    }
    // Always in sectors: 48 bits of them reach beyond the largest file (feature huge_file).
    long sectors = blocks * SECTORS_PER_BLOCK;
    record.putInt(0x1C, (int) sectors);
    record.putShort(0x74, (short) (sectors >>> 32));
  }

  /** Small device numbers in the old encoding, others in the new one (include/linux/kdev_t.h). */
  private void putDevice(Node.Special special) {
    int major = special.major;
    int minor = special.minor;
    if (major < 256 && minor < 256) {
      record.putInt(BLOCK_FIELD, (major << 8) | minor);
    } else {
      record.putInt(BLOCK_FIELD + 4, (minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12));
    }
  }
}
