package dev.containertui.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes what describes the block groups: inode tables, both kinds of bitmaps, and the descriptors.
 * Groups in which nothing is used are flagged as such and their bitmaps and tables never written,
 * so that the size of an empty disk costs next to nothing.
 */
final class GroupTables {
  private static final int BITMAP_BYTES = Format.BLOCK_BYTES;

  private final ImageFile image;
  private final Geometry geometry;
  private final MetadataChecksum checksum;
  private final byte[] descriptors;
  private long freeBlocks;
  private long freeInodes;

  GroupTables(ImageFile image, Geometry geometry, MetadataChecksum checksum) {
    this.image = image;
    this.geometry = geometry;
    this.checksum = checksum;
    int bytes = geometry.groups() * Format.DESCRIPTOR_BYTES;
    descriptors = new byte[(int) Format.blocksFor(bytes) * Format.BLOCK_BYTES];
  }

  long freeBlocks() {
    return freeBlocks;
  }

  long freeInodes() {
    return freeInodes;
  }

  /**
   * Writes everything.
   *
   * @param nodes by inode number; null for reserved and unused numbers below {@code nodes.size()}
   * @param freeRuns runs of unused blocks below the tables, length by start
   */
  void write(List<Node> nodes, Map<Long, Long> freeRuns) {
    writeInodeTables(nodes);
    TreeMap<Long, Long> free = new TreeMap<>(freeRuns);
    if (geometry.tablesEnd() < geometry.blocks()) {
      free.put(geometry.tablesEnd(), geometry.blocks() - geometry.tablesEnd());
    }
    ByteBuffer table = ByteBuffer.wrap(descriptors).order(ByteOrder.LITTLE_ENDIAN);
    for (int group = 0; group < geometry.groups(); group++) {
      int offset = group * Format.DESCRIPTOR_BYTES;
      table.putInt(offset, (int) geometry.blockBitmap(group));
      table.putInt(offset + 0x04, (int) geometry.inodeBitmap(group));
      table.putInt(offset + 0x08, (int) geometry.inodeTable(group));
      int flags = Format.GROUP_TABLE_ZEROED;
      flags |= writeBlockBitmap(group, free, table, offset);
      flags |= writeInodeBitmap(group, nodes, table, offset);
      table.putShort(offset + 0x12, (short) flags);
      int sum = checksum.ofDescriptor(group, descriptors, offset);
      table.putShort(offset + 0x1E, (short) sum);
    }
    image.writeBlocks(1, descriptors, 0, descriptors.length);
  }

  private void writeInodeTables(List<Node> nodes) {
    InodeRecord record = new InodeRecord(checksum);
    byte[] block = new byte[Format.BLOCK_BYTES];
    int used = nodes.size();
    for (int first = 1; first < used; first += Format.INODES_PER_BLOCK) {
      Arrays.fill(block, (byte) 0);
      for (int i = 0; i < Format.INODES_PER_BLOCK && first + i < used; i++) {
        Node node = nodes.get(first + i);
        byte[] bytes = node == null ? record.encodeUnused(first + i) : record.encode(node);
        System.arraycopy(bytes, 0, block, i * Format.INODE_BYTES, Format.INODE_BYTES);
      }
      int index = first - 1;
      long at =
          geometry.inodeTable(index / geometry.inodesPerGroup())
              + index % geometry.inodesPerGroup() / Format.INODES_PER_BLOCK;
      image.writeBlocks(at, block, 0, Format.BLOCK_BYTES);
    }
  }

  /** Writes the block bitmap of a group unless it can do without; returns its flags. */
  private int writeBlockBitmap(
      int group, TreeMap<Long, Long> freeRuns, ByteBuffer table, int offset) {
    long start = (long) group * Format.BLOCKS_PER_GROUP;
    int blocks = geometry.blocksIn(group);
    byte[] bitmap = new byte[BITMAP_BYTES];
    Arrays.fill(bitmap, (byte) 0xff);
    int free = 0;
    Long from = freeRuns.floorKey(start);
    for (Map.Entry<Long, Long> run :
        freeRuns.subMap(from == null ? start : from, start + blocks).entrySet()) {
      int first = (int) Math.max(0, run.getKey() - start);
      int end = (int) Math.min(blocks, run.getKey() + run.getValue() - start);
      if (end > first) {
        clearBits(bitmap, first, end);
        free += end - first;
      }
    }
    freeBlocks += free;
    table.putShort(offset + 0x0C, (short) free);
    // The last group's bitmap is written always: bits beyond the end of the disk are set in it.
    if (free == Format.BLOCKS_PER_GROUP && group < geometry.groups() - 1) {
      return Format.GROUP_BLOCKS_UNINITIALISED;
    }
    table.putShort(offset + 0x18, (short) checksum.ofBitmap(bitmap, BITMAP_BYTES));
    image.writeBlocks(geometry.blockBitmap(group), bitmap, 0, BITMAP_BYTES);
    return 0;
  }

  private int writeInodeBitmap(int group, List<Node> nodes, ByteBuffer table, int offset) {
    int perGroup = geometry.inodesPerGroup();
    int first = group * perGroup + 1;
    int used = Math.clamp((long) nodes.size() - first, 0, perGroup);
    int directories = 0;
    for (int i = 0; i < used; i++) {
      if (nodes.get(first + i) instanceof Node.Directory) {
        directories++;
      }
    }
    freeInodes += perGroup - used;
    table.putShort(offset + 0x0E, (short) (perGroup - used));
    table.putShort(offset + 0x10, (short) directories);
    table.putShort(offset + 0x1C, (short) (perGroup - used));
    if (used == 0) {
      return Format.GROUP_INODES_UNINITIALISED;
    }
    byte[] bitmap = new byte[BITMAP_BYTES];
    Arrays.fill(bitmap, (byte) 0xff);
    clearBits(bitmap, used, perGroup);
    table.putShort(offset + 0x1A, (short) checksum.ofBitmap(bitmap, perGroup / 8));
    image.writeBlocks(geometry.inodeBitmap(group), bitmap, 0, BITMAP_BYTES);
    return 0;
  }

  private static void clearBits(byte[] bitmap, int from, int to) {
    int bit = from;
    while (bit < to) {
      if (bit % 8 == 0 && to - bit >= 8) {
        Arrays.fill(bitmap, bit / 8, to / 8, (byte) 0);
        bit = to / 8 * 8;
      } else {
        bitmap[bit / 8] &= (byte) ~(1 << (bit % 8));
        bit++;
      }
    }
  }
}
