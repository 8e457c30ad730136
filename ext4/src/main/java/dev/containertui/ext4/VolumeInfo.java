package dev.containertui.ext4;

import java.nio.ByteBuffer;

/**
 * What a reader needs of the superblock, checked.
 *
 * @param blockBytes 1024 to 65536
 * @param blocks of the file system; the image has at least their bytes
 * @param inodes highest inode number
 * @param journalInode of the journal that must be replayed first; 0 if there is nothing to replay
 */
record VolumeInfo(
    int blockBytes,
    long blocks,
    long inodes,
    int inodesPerGroup,
    int inodeBytes,
    int descriptorBytes,
    long descriptorTable,
    long journalInode) {
  private static final int INCOMPAT_64BIT = 0x80;
  private static final int INCOMPAT_CSUM_SEED = 0x2000;
  private static final int INCOMPAT_LARGEDIR = 0x4000;
  private static final int INCOMPAT_RECOVER = 0x4;

  private static final int INCOMPAT_KNOWN =
      Format.INCOMPAT_FILETYPE
          | Format.INCOMPAT_EXTENTS
          | Format.INCOMPAT_FLEX_BG
          | INCOMPAT_64BIT
          | INCOMPAT_CSUM_SEED
          | INCOMPAT_LARGEDIR
          | INCOMPAT_RECOVER;

  static VolumeInfo read(ImageSource image) {
    if (image.sizeBytes() < Format.SUPERBLOCK_OFFSET + Format.SUPERBLOCK_BYTES) {
      throw image.corrupt("too small for a file system");
    }
    ByteBuffer block = image.read(Format.SUPERBLOCK_OFFSET, Format.SUPERBLOCK_BYTES);
    if ((block.getShort(0x38) & 0xffff) != Format.SUPERBLOCK_MAGIC) {
      throw image.corrupt("not an ext4 file system");
    }
    int incompat = block.getInt(0x60);
    if ((incompat & ~INCOMPAT_KNOWN) != 0 || (incompat & Format.INCOMPAT_EXTENTS) == 0) {
      throw image.corrupt("features not known here: 0x" + Integer.toHexString(incompat));
    }
    int logBlock = block.getInt(0x18);
    if (logBlock < 0 || logBlock > 6) {
      throw image.corrupt("block size out of range");
    }
    int blockBytes = 1024 << logBlock;
    boolean wide = (incompat & INCOMPAT_64BIT) != 0;
    int descriptorBytes = wide ? block.getShort(0xFE) & 0xffff : Format.DESCRIPTOR_BYTES;
    int inodeBytes = block.getShort(0x58) & 0xffff;
    long blocks =
        (block.getInt(0x04) & 0xFFFF_FFFFL) | (wide ? (long) block.getInt(0x150) << 32 : 0);
    long inodes = block.getInt(0x00) & 0xFFFF_FFFFL;
    int perGroup = block.getInt(0x28);
    boolean recover = (incompat & INCOMPAT_RECOVER) != 0;
    long journalInode = recover ? block.getInt(0xE0) & 0xFFFF_FFFFL : 0;
    long firstBlock = block.getInt(0x14) & 0xFFFF_FFFFL;
    boolean sane =
        blocks > 0
            && blocks <= image.sizeBytes() / blockBytes
            && perGroup > 0
            && perGroup <= 8 * blockBytes
            && inodeBytes >= Format.INODE_BASE_BYTES
            && inodeBytes <= blockBytes
            && Integer.bitCount(inodeBytes) == 1
            && descriptorBytes >= (wide ? 64 : Format.DESCRIPTOR_BYTES)
            && descriptorBytes <= blockBytes
            && firstBlock < blocks
            && (!recover || journalInode != 0);
    if (!sane) {
      throw image.corrupt("a superblock of impossible numbers");
    }
    long table = (firstBlock + 1) * blockBytes;
    return new VolumeInfo(
        blockBytes, blocks, inodes, perGroup, inodeBytes, descriptorBytes, table, journalInode);
  }

  /** Position of an inode's record in the image. */
  long inodePosition(ImageSource image, long number) {
    if (number < 1 || number > inodes) {
      throw image.corrupt("inode " + number + " does not exist");
    }
    long group = (number - 1) / inodesPerGroup;
    ByteBuffer descriptor = image.read(descriptorTable + group * descriptorBytes, descriptorBytes);
    long table = descriptor.getInt(0x08) & 0xFFFF_FFFFL;
    if (descriptorBytes >= 64) {
      table |= (long) descriptor.getInt(0x28) << 32;
    }
    requireBlock(image, table);
    return table * blockBytes + (number - 1) % inodesPerGroup * inodeBytes;
  }

  void requireBlock(ImageSource image, long block) {
    if (block <= 0 || block >= blocks) {
      throw image.corrupt("block " + block + " does not exist");
    }
  }
}
