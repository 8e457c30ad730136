package dev.containertui.ext4;

import java.nio.ByteBuffer;
import java.util.UUID;

/** An empty journal: a JBD2 superblock (big-endian, unlike all else) before blocks of nothing. */
final class Journal {
  private static final int SUPERBLOCK_V2 = 4;

  private Journal() {}

  /** Allocates and writes the journal; its inode has yet to get number 8. */
  static Node.File write(long sizeBytes, UUID uuid, ImageFile image, BlockAllocator allocator) {
    long blocks = sizeBytes / Format.BLOCK_BYTES;
    long start = allocator.extend(blocks);
    ByteBuffer block = ByteBuffer.allocate(Format.BLOCK_BYTES);
    block.putInt(JournalReader.MAGIC).putInt(SUPERBLOCK_V2).putInt(0);
    block.putInt(Format.BLOCK_BYTES).putInt((int) blocks);
    // The log begins behind this block; its first transaction will be number 1; it is empty.
    block.putInt(1).putInt(1).putInt(0);
    block.put(0x30, MetadataChecksum.uuidBytes(uuid));
    block.putInt(0x40, 1);
    image.writeBlocks(start, block.array(), 0, Format.BLOCK_BYTES);
    Node.File journal = new Node.File(Attributes.of(0600));
    journal.links = 1;
    journal.number = Format.JOURNAL_INODE;
    journal.sizeBytes = sizeBytes;
    journal.extents.add(0, start, blocks);
    return journal;
  }
}
