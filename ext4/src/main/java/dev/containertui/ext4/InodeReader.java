package dev.containertui.ext4;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decodes inodes, their extents and their extended attributes. */
final class InodeReader {
  private static final int BLOCK_FIELD = 0x28;
  private static final int MAX_DEPTH = 5;
  private static final int MAX_SYMLINK_BYTES = 4095;

  /** Logical block numbers have 32 bits. */
  private static final long MAX_FILE_BLOCKS = 1L << 32;

  private final ImageSource image;
  private final VolumeInfo volume;

  /** An inode and its raw record. */
  record Inode(long number, int mode, long sizeBytes, ByteBuffer record) {
    FileType type() {
      return FileType.ofMode(mode);
    }
  }

  InodeReader(ImageSource image, VolumeInfo volume) {
    this.image = image;
    this.volume = volume;
  }

  Inode read(long number) {
    ByteBuffer record = image.read(volume.inodePosition(image, number), volume.inodeBytes());
    int mode = record.getShort(0) & 0xffff;
    long size = (record.getInt(0x04) & 0xFFFF_FFFFL) | (long) record.getInt(0x6C) << 32;
    if (mode == 0) {
      throw image.corrupt("inode " + number + " is not in use");
    }
    if (size < 0 || size > volume.blockBytes() * MAX_FILE_BLOCKS) {
      throw image.corrupt("inode " + number + " is larger than a file can be");
    }
    return new Inode(number, mode, size, record);
  }

  Stat stat(Inode inode) {
    ByteBuffer record = inode.record;
    FileType type = inode.type();
    boolean device = type == FileType.CHARACTER_DEVICE || type == FileType.BLOCK_DEVICE;
    int old = record.getInt(BLOCK_FIELD);
    int wide = record.getInt(BLOCK_FIELD + 4);
    int major = old != 0 ? old >>> 8 & 0xff : wide >>> 8 & 0xfff;
    int minor = old != 0 ? old & 0xff : (wide & 0xff) | (wide >>> 12 & 0xfff00);
    byte[] target = type == FileType.SYMLINK ? linkTarget(inode) : new byte[0];
    boolean sized = type == FileType.FILE || type == FileType.DIRECTORY;
    return new Stat(
        type,
        attributes(inode),
        sized ? inode.sizeBytes : target.length,
        record.getShort(0x1A) & 0xffff,
        target,
        device ? major : 0,
        device ? minor : 0,
        inode.number);
  }

  private Attributes attributes(Inode inode) {
    ByteBuffer record = inode.record;
    long uid = (record.getShort(0x02) & 0xffffL) | (record.getShort(0x78) & 0xffffL) << 16;
    long gid = (record.getShort(0x18) & 0xffffL) | (record.getShort(0x7A) & 0xffffL) << 16;
    boolean precise = extraBytes(inode) >= 0x8C - Format.INODE_BASE_BYTES;
    Instant modified = Timestamps.decode(record.getInt(0x10), precise ? record.getInt(0x88) : 0);
    return new Attributes(inode.mode & 07777, uid, gid, modified, xattrs(inode));
  }

  private int extraBytes(Inode inode) {
    if (volume.inodeBytes() == Format.INODE_BASE_BYTES) {
      return 0;
    }
    int extra = inode.record.getShort(0x80) & 0xffff;
    if (extra > volume.inodeBytes() - Format.INODE_BASE_BYTES || extra % 4 != 0) {
      throw image.corrupt("inode " + inode.number + " has impossible extra fields");
    }
    return extra;
  }

  private byte[] linkTarget(Inode inode) {
    if (inode.sizeBytes == 0 || inode.sizeBytes > MAX_SYMLINK_BYTES) {
      throw image.corrupt("symlink " + inode.number + " has " + inode.sizeBytes + " bytes");
    }
    byte[] target = new byte[(int) inode.sizeBytes];
    if ((inode.record.getInt(0x20) & Format.INODE_FLAG_EXTENTS) == 0) {
      if (target.length >= Format.INODE_BLOCK_FIELD_BYTES) {
        throw image.corrupt("symlink " + inode.number + " is not stored in extents");
      }
      inode.record.get(BLOCK_FIELD, target);
      return target;
    }
    Extents extents = extents(inode);
    if (extents.count() == 0
        || extents.logical(0) != 0
        || extents.length(0) * volume.blockBytes() < target.length) {
      throw image.corrupt("symlink " + inode.number + " has no content");
    }
    image.read(extents.physical(0) * volume.blockBytes(), target, 0, target.length);
    return target;
  }

  /** The blocks of an inode; unwritten ones are left out, they read as zeros too. */
  Extents extents(Inode inode) {
    if ((inode.record.getInt(0x20) & Format.INODE_FLAG_EXTENTS) == 0) {
      throw image.corrupt("inode " + inode.number + " is not stored in extents");
    }
    Extents found = new Extents();
    byte[] root = new byte[Format.INODE_BLOCK_FIELD_BYTES];
    inode.record.get(BLOCK_FIELD, root);
    ByteBuffer node = ByteBuffer.wrap(root).order(inode.record.order());
    int depth = node.getShort(6) & 0xffff;
    if (depth > MAX_DEPTH) {
      throw image.corrupt("an extent tree of depth " + depth);
    }
    collect(node, depth, true, 0, found);
    return found;
  }

  /** Returns the first logical block behind all that were found. */
  private long collect(ByteBuffer node, int depth, boolean root, long from, Extents found) {
    int entries = node.getShort(2) & 0xffff;
    boolean sane =
        (node.getShort(0) & 0xffff) == Format.EXTENT_MAGIC
            && (node.getShort(6) & 0xffff) == depth
            && (entries + 1) * Format.EXTENT_ENTRY_BYTES <= node.capacity()
            && (root || entries > 0);
    if (!sane) {
      throw image.corrupt("a malformed extent tree");
    }
    long next = from;
    for (int i = 1; i <= entries; i++) {
      int at = i * Format.EXTENT_ENTRY_BYTES;
      long logical = node.getInt(at) & 0xFFFF_FFFFL;
      if (logical < next) {
        throw image.corrupt("extents out of order");
      }
      if (depth > 0) {
        long child = (node.getInt(at + 4) & 0xFFFF_FFFFL) | (node.getShort(at + 8) & 0xffffL) << 32;
        volume.requireBlock(image, child);
        ByteBuffer block = image.read(child * volume.blockBytes(), volume.blockBytes());
        next = collect(block, depth - 1, false, logical, found);
      } else {
        next = logical + addExtent(node, at, logical, found);
      }
    }
    return next;
  }

  private int addExtent(ByteBuffer node, int at, long logical, Extents found) {
    int stored = node.getShort(at + 4) & 0xffff;
    int length = stored <= Format.MAX_EXTENT_BLOCKS ? stored : stored - Format.MAX_EXTENT_BLOCKS;
    long physical = (node.getInt(at + 8) & 0xFFFF_FFFFL) | (node.getShort(at + 6) & 0xffffL) << 32;
    volume.requireBlock(image, physical);
    if (length == 0 || physical + length > volume.blocks()) {
      throw image.corrupt("an extent that leaves the file system");
    }
    if (stored == length) {
      found.add(logical, physical, length);
      if (found.blocks() > volume.blocks()) {
        throw image.corrupt("a file of more blocks than the file system has");
      }
    }
    return length;
  }

  private SortedMap<String, byte[]> xattrs(Inode inode) {
    SortedMap<String, byte[]> found = new TreeMap<>();
    int start = Format.INODE_BASE_BYTES + extraBytes(inode);
    if (start + 4 < volume.inodeBytes() && inode.record.getInt(start) == Format.XATTR_MAGIC) {
      byte[] space = Arrays.copyOfRange(inode.record.array(), start + 4, volume.inodeBytes());
      XattrReader.read(space, 0, image, found);
    }
    long block =
        (inode.record.getInt(0x68) & 0xFFFF_FFFFL) | (inode.record.getShort(0x76) & 0xffffL) << 32;
    if (block != 0) {
      volume.requireBlock(image, block);
      ByteBuffer external = image.read(block * volume.blockBytes(), volume.blockBytes());
      if (external.getInt(0) != Format.XATTR_MAGIC) {
        throw image.corrupt("a block of attributes that is none");
      }
      XattrReader.read(external.array(), Format.XATTR_BLOCK_HEADER_BYTES, image, found);
    }
    return found;
  }
}
