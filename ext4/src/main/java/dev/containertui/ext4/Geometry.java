package dev.containertui.ext4;

/**
 * The shape of a finished file system.
 *
 * @param blocks all of its blocks
 * @param groups block groups, each of 32768 blocks but the last
 * @param inodesPerGroup a multiple of 16, so that tables are whole blocks
 * @param tablesStart first block of the block bitmaps; inode bitmaps and inode tables follow
 */
record Geometry(long blocks, int groups, int inodesPerGroup, long tablesStart) {
  /** One inode for each 16 KiB of a disk whose size is given, as mke2fs has it. */
  private static final long BYTES_PER_INODE = 16384;

  private static final int MAX_INODES_PER_GROUP = 8 * Format.BLOCK_BYTES;

  /** Of a file system of the given size whose data end at {@code dataEnd}. */
  static Geometry ofSize(long sizeBytes, long dataEnd, long usedInodes) {
    long blocks = sizeBytes / Format.BLOCK_BYTES;
    int groups = (int) Format.divideUp(blocks, Format.BLOCKS_PER_GROUP);
    long inodes = Math.max(usedInodes, sizeBytes / BYTES_PER_INODE);
    Geometry geometry = new Geometry(blocks, groups, inodesPerGroup(inodes, groups), dataEnd);
    if (geometry.inodesPerGroup > MAX_INODES_PER_GROUP || geometry.tablesEnd() > blocks) {
      throw new Ext4Exception(
          Ext4Exception.Reason.LIMIT,
          "the content does not fit into a file system of " + sizeBytes + " bytes");
    }
    return geometry;
  }

  /** Of the smallest file system that holds data up to {@code dataEnd} and all inodes. */
  static Geometry fitted(long dataEnd, long usedInodes) {
    int groups = 1;
    while (true) {
      int inodesPerGroup = inodesPerGroup(usedInodes, groups);
      Geometry geometry = new Geometry(0, groups, inodesPerGroup, dataEnd);
      long blocks = geometry.tablesEnd();
      boolean tooManyInodes = inodesPerGroup > MAX_INODES_PER_GROUP;
      long needed =
          tooManyInodes
              ? Format.divideUp(usedInodes, MAX_INODES_PER_GROUP)
              : Format.divideUp(blocks, Format.BLOCKS_PER_GROUP);
      if (needed <= groups) {
        // Groups that only the inodes asked for exist as far as their first block.
        long least = (long) (groups - 1) * Format.BLOCKS_PER_GROUP + 1;
        return new Geometry(Math.max(blocks, least), groups, inodesPerGroup, dataEnd);
      }
      groups = (int) needed;
    }
  }

  private static int inodesPerGroup(long inodes, int groups) {
    long perGroup = Format.divideUp(inodes, groups);
    return (int) (Format.divideUp(perGroup, Format.INODES_PER_BLOCK) * Format.INODES_PER_BLOCK);
  }

  long blockBitmap(int group) {
    return tablesStart + group;
  }

  long inodeBitmap(int group) {
    return tablesStart + groups + group;
  }

  long inodeTable(int group) {
    return tablesStart + 2L * groups + (long) group * tableBlocks();
  }

  int tableBlocks() {
    return inodesPerGroup / Format.INODES_PER_BLOCK;
  }

  long tablesEnd() {
    return inodeTable(groups);
  }

  int blocksIn(int group) {
    return (int) Math.min(Format.BLOCKS_PER_GROUP, blocks - (long) group * Format.BLOCKS_PER_GROUP);
  }

  long inodes() {
    return (long) inodesPerGroup * groups;
  }

  long sizeBytes() {
    return blocks * Format.BLOCK_BYTES;
  }
}
