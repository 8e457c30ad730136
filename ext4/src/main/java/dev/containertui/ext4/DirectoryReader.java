package dev.containertui.ext4;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decodes directories. Hashed ones too: to who reads them in a line, their index blocks look like
 * unused entries.
 */
final class DirectoryReader {
  private static final int ENTRY_HEADER_BYTES = 8;

  /** Bounds memory: a directory's names are held all at once. */
  private static final int MAX_ENTRIES = 1_000_000;

  private final ImageSource image;
  private final VolumeInfo volume;
  private final InodeReader inodes;

  DirectoryReader(ImageSource image, VolumeInfo volume, InodeReader inodes) {
    this.image = image;
    this.volume = volume;
    this.inodes = inodes;
  }

  /** Inode numbers by name, without {@code .} and {@code ..}. */
  SortedMap<FileName, Long> read(InodeReader.Inode directory) {
    if (directory.type() != FileType.DIRECTORY) {
      throw new Ext4Exception(
          Ext4Exception.Reason.NOT_A_DIRECTORY, "inode " + directory.number() + " is no directory");
    }
    SortedMap<FileName, Long> entries = new TreeMap<>();
    Extents extents = inodes.extents(directory);
    for (int i = 0; i < extents.count(); i++) {
      for (long block = 0; block < extents.length(i); block++) {
        long logical = extents.logical(i) + block;
        if (logical * volume.blockBytes() < directory.sizeBytes()) {
          long at = (extents.physical(i) + block) * volume.blockBytes();
          readBlock(image.read(at, volume.blockBytes()), entries);
        }
      }
    }
    return entries;
  }

  private void readBlock(ByteBuffer block, SortedMap<FileName, Long> entries) {
    int at = 0;
    while (at + ENTRY_HEADER_BYTES <= block.capacity()) {
      long inode = block.getInt(at) & 0xFFFF_FFFFL;
      int length = recordLength(block.getShort(at + 4) & 0xffff);
      int nameLength = block.get(at + 6) & 0xff;
      if (length < ENTRY_HEADER_BYTES
          || length % 4 != 0
          || length > block.capacity() - at
          || (inode != 0 && ENTRY_HEADER_BYTES + nameLength > length)) {
        throw image.corrupt("a malformed directory");
      }
      if (inode != 0) {
        byte[] name =
            Arrays.copyOfRange(
                block.array(), at + ENTRY_HEADER_BYTES, at + ENTRY_HEADER_BYTES + nameLength);
        if (!isSelfOrParent(name)) {
          entries.put(fileName(name), inode);
          if (entries.size() > MAX_ENTRIES) {
            throw new Ext4Exception(
                Ext4Exception.Reason.LIMIT,
                "a directory of more than " + MAX_ENTRIES + " entries cannot be read");
          }
        }
      }
      at += length;
    }
  }

  private static boolean isSelfOrParent(byte[] name) {
    return name.length > 0
        && name[0] == '.'
        && (name.length == 1 || (name.length == 2 && name[1] == '.'));
  }

  private FileName fileName(byte[] name) {
    try {
      return FileName.of(name);
    } catch (Ext4Exception e) {
      throw image.corrupt(e.getMessage());
    }
  }

  /** 65536 does not fit into 16 bits: it is 65535 or 0. */
  private int recordLength(int stored) {
    return volume.blockBytes() == 65536 && (stored == 65535 || stored == 0) ? 65536 : stored;
  }
}
