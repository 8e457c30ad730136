package dev.containertui.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The checksums of the metadata_csum feature: CRC-32C seeded with the file system's UUID. ext4 does
 * not invert the result, {@link CRC32C} does; hence the complement everywhere. CRC32C takes no seed
 * either, but seeding with a checksum is the same as feeding the bytes that it was made from.
 */
final class MetadataChecksum {
  private final byte[] uuid;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer prefix = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);

  MetadataChecksum(UUID uuid) {
    this.uuid = uuidBytes(uuid);
  }

  static byte[] uuidBytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  /** Of the superblock, all but its own field at the end; not seeded. */
  static int ofSuperblock(byte[] superblock) {
    CRC32C crc = new CRC32C();
    crc.update(superblock, 0, Format.SUPERBLOCK_BYTES - 4);
    return (int) ~crc.getValue();
  }

  /** Of a bitmap's first {@code length} bytes; the low 16 bits are stored. */
  int ofBitmap(byte[] bitmap, int length) {
    return sum(0, bitmap, 0, length);
  }

  /** Of a descriptor whose checksum field is zero; the low 16 bits are stored. */
  int ofDescriptor(int group, byte[] table, int offset) {
    prefix.putInt(0, group);
    return sum(4, table, offset, Format.DESCRIPTOR_BYTES);
  }

  /**
   * Of something that belongs to an inode (generation 0): its record, a directory, an extent block.
   */
  int ofInodePart(int inode, byte[] bytes, int offset, int length) {
    prefix.putInt(0, inode).putInt(4, 0);
    return sum(8, bytes, offset, length);
  }

  /** Of an extended attribute block whose checksum field is zero. */
  int ofXattrBlock(long blockNumber, byte[] block) {
    prefix.putLong(0, blockNumber);
    return sum(8, block, 0, Format.BLOCK_BYTES);
  }

  /** Of several pieces as if they were one, the first of which is the seed of the others. */
  static int of(byte[]... pieces) {
    CRC32C crc = new CRC32C();
    for (byte[] piece : pieces) {
      crc.update(piece);
    }
    return (int) ~crc.getValue();
  }

  private int sum(int prefixLength, byte[] bytes, int offset, int length) {
    crc.reset();
    crc.update(uuid);
    crc.update(prefix.array(), 0, prefixLength);
    crc.update(bytes, offset, length);
    return (int) ~crc.getValue();
  }
}
