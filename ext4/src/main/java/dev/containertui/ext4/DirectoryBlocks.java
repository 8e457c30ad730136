package dev.containertui.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes directories as linear lists, in byte order of the names. The last entry of a block reaches
 * up to the checksum at its end.
 */
final class DirectoryBlocks {
  /** Blocks of {@code lost+found}: room for what e2fsck finds when it cannot allocate any. */
  private static final int LOST_AND_FOUND_BLOCKS = 4;

  private static final int ENTRY_HEADER_BYTES = 8;
  private static final int CAPACITY = Format.BLOCK_BYTES - Format.DIRECTORY_TAIL_BYTES;
  private static final byte[] SELF = {'.'};
  private static final byte[] PARENT = {'.', '.'};

  private final ImageFile image;
  private final BlockAllocator allocator;
  private final MetadataChecksum checksum;
  private final ByteBuffer block =
      ByteBuffer.allocate(Format.BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private int lastEntry;
  private int directory;
  private long next;

  DirectoryBlocks(ImageFile image, BlockAllocator allocator, MetadataChecksum checksum) {
    this.image = image;
    this.allocator = allocator;
    this.checksum = checksum;
  }

  /** Writes one directory; the numbers of it, its parent and its children are known. */
  void write(Node.Directory node, boolean lostAndFound) {
    long blocks = lostAndFound ? LOST_AND_FOUND_BLOCKS : countBlocks(node);
    long start = allocator.allocate(blocks);
    node.extents.add(0, start, blocks);
    node.sizeBytes = blocks * Format.BLOCK_BYTES;
    directory = node.number;
    next = start;
    block.clear();
    lastEntry = 0;
    put(node.number, FileType.DIRECTORY, SELF);
    put(node.parent.number, FileType.DIRECTORY, PARENT);
    for (Map.Entry<FileName, Node> child : node.children.entrySet()) {
      byte[] name = child.getKey().bytes();
      if (block.position() + entryBytes(name.length) > CAPACITY) {
        writeBlock();
      }
      put(child.getValue().number, child.getValue().type(), name);
    }
    writeBlock();
    while (next < start + blocks) {
      writeBlock();
    }
  }

  private static long countBlocks(Node.Directory node) {
    long blocks = 1;
    int used = entryBytes(SELF.length) + entryBytes(PARENT.length);
    for (FileName name : node.children.keySet()) {
      int bytes = entryBytes(name.length());
      if (used + bytes > CAPACITY) {
        blocks++;
        used = 0;
      }
      used += bytes;
    }
    return blocks;
  }

  private static int entryBytes(int nameLength) {
    return (ENTRY_HEADER_BYTES + nameLength + 3) & ~3;
  }

  private void put(int inode, FileType type, byte[] name) {
    lastEntry = block.position();
    int bytes = entryBytes(name.length);
    block.putInt(inode).putShort((short) bytes);
    block.put((byte) name.length).put((byte) type.entryType()).put(name);
    block.position(lastEntry + bytes);
  }

  /** Closes the block, or writes one with a single unused entry if nothing was put into it. */
  private void writeBlock() {
    block.putShort(lastEntry + 4, (short) (CAPACITY - lastEntry));
    block.position(CAPACITY);
    block.putInt(0).putShort((short) Format.DIRECTORY_TAIL_BYTES);
    block.put((byte) 0).put((byte) Format.DIRECTORY_TAIL_TYPE);
    block.putInt(checksum.ofInodePart(directory, block.array(), 0, CAPACITY));
    image.writeBlocks(next++, block.array(), 0, Format.BLOCK_BYTES);
    Arrays.fill(block.array(), (byte) 0);
    block.clear();
    lastEntry = 0;
  }
}
