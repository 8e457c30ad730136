package dev.containertui.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Encodes the superblock. All times in it are zero: it is the same whenever it is written. */
final class Superblock {
  private static final int LOG_BLOCK_SIZE = 2;
  private static final int STATE_CLEAN = 1;
  private static final int ON_ERROR_CONTINUE = 1;
  private static final int REVISION_DYNAMIC = 1;
  private static final int NO_MOUNT_LIMIT = 0xFFFF;
  private static final int HASH_HALF_MD4 = 1;
  private static final int SIGNED_HASH = 1;
  private static final int CHECKSUM_CRC32C = 1;
  private static final int MOUNT_XATTR_AND_ACL = 0xC;
  private static final int JOURNAL_BACKUP = 1;

  /** Groups that the kernel's allocator takes together: 16, as mke2fs has it. */
  private static final int LOG_GROUPS_PER_FLEX = 4;

  private Superblock() {}

  static byte[] encode(
      Ext4Options options, Geometry geometry, GroupTables tables, Optional<Node.File> journal) {
    ByteBuffer block = ByteBuffer.allocate(Format.SUPERBLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    block.putInt(0x00, (int) geometry.inodes());
    block.putInt(0x04, (int) geometry.blocks());
    block.putInt(0x0C, (int) tables.freeBlocks());
    block.putInt(0x10, (int) tables.freeInodes());
    block.putInt(0x18, LOG_BLOCK_SIZE);
    block.putInt(0x1C, LOG_BLOCK_SIZE);
    block.putInt(0x20, Format.BLOCKS_PER_GROUP);
    block.putInt(0x24, Format.BLOCKS_PER_GROUP);
    block.putInt(0x28, geometry.inodesPerGroup());
    block.putShort(0x36, (short) NO_MOUNT_LIMIT);
    block.putShort(0x38, (short) Format.SUPERBLOCK_MAGIC);
    block.putShort(0x3A, (short) STATE_CLEAN);
    block.putShort(0x3C, (short) ON_ERROR_CONTINUE);
    block.putInt(0x4C, REVISION_DYNAMIC);
    block.putInt(0x54, Format.FIRST_INODE);
    block.putShort(0x58, (short) Format.INODE_BYTES);
    block.putInt(
        0x5C,
        Format.COMPAT_EXT_ATTR
            | Format.COMPAT_DIR_INDEX
            // Version 2 with no backup group named: data may lie where backups would.
            | Format.COMPAT_SPARSE_SUPER2
            | (journal.isPresent() ? Format.COMPAT_HAS_JOURNAL : 0));
    block.putInt(
        0x60, Format.INCOMPAT_FILETYPE | Format.INCOMPAT_EXTENTS | Format.INCOMPAT_FLEX_BG);
    block.putInt(
        0x64,
        Format.RO_COMPAT_LARGE_FILE
            | Format.RO_COMPAT_HUGE_FILE
            | Format.RO_COMPAT_DIR_NLINK
            | Format.RO_COMPAT_EXTRA_ISIZE
            | Format.RO_COMPAT_METADATA_CSUM);
    byte[] uuid = MetadataChecksum.uuidBytes(options.uuid());
    block.put(0x68, uuid);
    block.put(0x78, options.label().getBytes(StandardCharsets.UTF_8));
    block.put(0xEC, uuid);
    block.put(0xFC, (byte) HASH_HALF_MD4);
    block.putInt(0x100, MOUNT_XATTR_AND_ACL);
    block.putShort(0x15C, (short) Format.INODE_EXTRA_BYTES);
    block.putShort(0x15E, (short) Format.INODE_EXTRA_BYTES);
    block.putInt(0x160, SIGNED_HASH);
    block.put(0x174, (byte) LOG_GROUPS_PER_FLEX);
    block.put(0x175, (byte) CHECKSUM_CRC32C);
    journal.ifPresent(file -> putJournal(block, file));
    block.putInt(0x3FC, MetadataChecksum.ofSuperblock(block.array()));
    return block.array();
  }

  /** Where the journal is, and a copy of its inode's block map and size for e2fsck. */
  private static void putJournal(ByteBuffer block, Node.File journal) {
    block.putInt(0xE0, Format.JOURNAL_INODE);
    block.put(0xFD, (byte) JOURNAL_BACKUP);
    block.put(0x10C, journal.extentRoot);
    block.putInt(0x10C + 60, (int) (journal.sizeBytes >>> 32));
    block.putInt(0x10C + 64, (int) journal.sizeBytes);
  }
}
