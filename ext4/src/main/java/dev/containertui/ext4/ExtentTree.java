package dev.containertui.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the extents of an inode as the tree that ext4 wants: up to four entries in the inode; if
 * there are more, leaf blocks of 340, index blocks over those, and so on until four or fewer remain
 * for the inode.
 */
final class ExtentTree {
  /** A node of the level below: first logical block that it covers, and the block it is in. */
  private record Child(long logical, long block) {}

  private final ImageFile image;
  private final BlockAllocator allocator;
  private final MetadataChecksum checksum;

  ExtentTree(ImageFile image, BlockAllocator allocator, MetadataChecksum checksum) {
    this.image = image;
    this.allocator = allocator;
    this.checksum = checksum;
  }

  /** Writes the blocks of the tree and leaves its root in the node, whose number is known. */
  void write(Node.Stored node) {
    Extents extents = node.extents;
    if (extents.count() <= Format.EXTENTS_IN_INODE) {
      ByteBuffer root =
          header(Format.INODE_BLOCK_FIELD_BYTES, extents.count(), Format.EXTENTS_IN_INODE, 0);
      putExtents(root, extents, 0, extents.count());
      node.extentRoot = root.array();
      return;
    }
    List<Child> level = new ArrayList<>();
    for (int from = 0; from < extents.count(); from += Format.EXTENTS_IN_BLOCK) {
      int count = Math.min(Format.EXTENTS_IN_BLOCK, extents.count() - from);
      ByteBuffer leaf = header(Format.BLOCK_BYTES, count, Format.EXTENTS_IN_BLOCK, 0);
      putExtents(leaf, extents, from, count);
      level.add(new Child(extents.logical(from), writeBlock(node, leaf)));
    }
    int depth = 1;
    while (level.size() > Format.EXTENTS_IN_INODE) {
      List<Child> above = new ArrayList<>();
      for (int from = 0; from < level.size(); from += Format.EXTENTS_IN_BLOCK) {
        List<Child> part =
            level.subList(from, Math.min(level.size(), from + Format.EXTENTS_IN_BLOCK));
        ByteBuffer index = header(Format.BLOCK_BYTES, part.size(), Format.EXTENTS_IN_BLOCK, depth);
        putChildren(index, part);
        above.add(new Child(part.getFirst().logical, writeBlock(node, index)));
      }
      level = above;
      depth++;
    }
    ByteBuffer root =
        header(Format.INODE_BLOCK_FIELD_BYTES, level.size(), Format.EXTENTS_IN_INODE, depth);
    putChildren(root, level);
    node.extentRoot = root.array();
  }

  private static ByteBuffer header(int bytes, int entries, int maximum, int depth) {
    return ByteBuffer.allocate(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) Format.EXTENT_MAGIC)
        .putShort((short) entries)
        .putShort((short) maximum)
        .putShort((short) depth)
        .putInt(0);
  }

  private static void putExtents(ByteBuffer into, Extents extents, int from, int count) {
    for (int i = from; i < from + count; i++) {
      long physical = extents.physical(i);
      into.putInt((int) extents.logical(i)).putShort((short) extents.length(i));
      into.putShort((short) (physical >>> 32)).putInt((int) physical);
    }
  }

  private static void putChildren(ByteBuffer into, List<Child> children) {
    for (Child child : children) {
      into.putInt((int) child.logical).putInt((int) child.block);
      into.putShort((short) (child.block >>> 32)).putShort((short) 0);
    }
  }

  private long writeBlock(Node.Stored node, ByteBuffer block) {
    int tail = Format.BLOCK_BYTES - 4;
    block.putInt(tail, checksum.ofInodePart(node.number, block.array(), 0, tail));
    long number = allocator.allocate(1);
    image.writeBlocks(number, block.array(), 0, Format.BLOCK_BYTES);
    node.treeBlocks++;
    return number;
  }
}
