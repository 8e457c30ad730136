package dev.containertui.ext4;

/**
 * The numbers of the on-disk format that reader and writer share (Linux,
 * Documentation/filesystems/ext4). The images that we write look like this:
 *
 * <pre>
 *   block 0          1 … d                  d+1 …                                          … end
 *   ┌──────────────┬──────────────────────┬──────────────────────┬─────────────────────┬───────┐
 *   │ 1 KiB nothing│ group descriptors,   │ file data, journal,  │ all block bitmaps,  │ free  │
 *   │ superblock   │ 32 bytes per 128 MiB │ directories, extent  │ all inode bitmaps,  │(fixed │
 *   │              │                      │ and xattr blocks     │ all inode tables    │ size) │
 *   └──────────────┴──────────────────────┴──────────────────────┴─────────────────────┴───────┘
 * </pre>
 *
 * The flex_bg feature allows the tables of a group to lie outside of it, so that file data need not
 * be planned around them and can be written the moment it arrives.
 */
final class Format {
  static final int BLOCK_BYTES = 4096;
  static final int BLOCKS_PER_GROUP = 8 * BLOCK_BYTES;
  static final int SUPERBLOCK_OFFSET = 1024;
  static final int SUPERBLOCK_BYTES = 1024;
  static final int SUPERBLOCK_MAGIC = 0xEF53;
  static final int DESCRIPTOR_BYTES = 32;

  static final int INODE_BYTES = 256;
  static final int INODES_PER_BLOCK = BLOCK_BYTES / INODE_BYTES;

  /** Bytes of an inode before {@code i_extra_isize}. */
  static final int INODE_BASE_BYTES = 128;

  /** Bytes of the extra fields (up to i_projid); extended attributes follow. */
  static final int INODE_EXTRA_BYTES = 32;

  static final int ROOT_INODE = 2;
  static final int JOURNAL_INODE = 8;
  static final int FIRST_INODE = 11;
  static final int MAX_LINKS = 65000;

  static final int EXTENT_MAGIC = 0xF30A;

  /** Longest initialised extent; larger lengths mean "unwritten". */
  static final int MAX_EXTENT_BLOCKS = 32768;

  static final int EXTENT_ENTRY_BYTES = 12;
  static final int EXTENTS_IN_INODE = 4;

  /** Entries of an extent block; 4 bytes remain for its checksum. */
  static final int EXTENTS_IN_BLOCK = (BLOCK_BYTES - EXTENT_ENTRY_BYTES) / EXTENT_ENTRY_BYTES;

  /** Bytes of the i_block field: extent tree root, fast symlink or device number. */
  static final int INODE_BLOCK_FIELD_BYTES = 60;

  /** Symlink targets shorter than this live in the inode. */
  static final int FAST_SYMLINK_LIMIT = INODE_BLOCK_FIELD_BYTES;

  static final int DIRECTORY_TAIL_BYTES = 12;
  static final int DIRECTORY_TAIL_TYPE = 0xDE;

  static final int XATTR_MAGIC = 0xEA020000;
  static final int XATTR_ENTRY_BYTES = 16;
  static final int XATTR_BLOCK_HEADER_BYTES = 32;

  static final int INODE_FLAG_EXTENTS = 0x80000;

  static final int COMPAT_HAS_JOURNAL = 0x4;
  static final int COMPAT_EXT_ATTR = 0x8;
  static final int COMPAT_DIR_INDEX = 0x20;
  static final int COMPAT_SPARSE_SUPER2 = 0x200;
  static final int INCOMPAT_FILETYPE = 0x2;
  static final int INCOMPAT_EXTENTS = 0x40;
  static final int INCOMPAT_FLEX_BG = 0x200;
  static final int RO_COMPAT_LARGE_FILE = 0x2;
  static final int RO_COMPAT_HUGE_FILE = 0x8;
  static final int RO_COMPAT_DIR_NLINK = 0x20;
  static final int RO_COMPAT_EXTRA_ISIZE = 0x40;
  static final int RO_COMPAT_METADATA_CSUM = 0x400;

  static final int GROUP_INODES_UNINITIALISED = 0x1;
  static final int GROUP_BLOCKS_UNINITIALISED = 0x2;
  static final int GROUP_TABLE_ZEROED = 0x4;

  private Format() {}

  static long blocksFor(long bytes) {
    return (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
  }

  static long divideUp(long value, long divisor) {
    return (value + divisor - 1) / divisor;
  }
}
