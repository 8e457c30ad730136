package dev.containertui.ext4;

import java.util.Map;
import java.util.TreeMap;

/** An inode of an image that is being written. */
abstract sealed class Node {
  private static final byte[] NOTHING = {};

  Attributes attributes;

  /** Names of this inode; of a directory its subdirectories' {@code ..} and its own count too. */
  int links;

  /** Inode number; 0 until the tree is complete. */
  int number;

  /** Block of extended attributes that did not fit into the inode; 0: none. */
  long xattrBlock;

  /** Extended attributes that live in the inode, as stored there. */
  byte[] inlineXattrs = NOTHING;

  private Node(Attributes attributes) {
    this.attributes = attributes;
  }

  abstract FileType type();

  long sizeBytes() {
    return 0;
  }

  byte[] linkTarget() {
    return NOTHING;
  }

  /** A node whose content may lie in blocks. */
  abstract static sealed class Stored extends Node {
    final Extents extents = new Extents();

    /** Root of the extent tree as it stands in the inode; empty until the tree is written. */
    byte[] extentRoot = NOTHING;

    /** Blocks of the extent tree outside of the inode. */
    long treeBlocks;

    private Stored(Attributes attributes) {
      super(attributes);
    }
  }

  static final class Directory extends Stored {
    final Directory parent;
    final TreeMap<FileName, Node> children = new TreeMap<>();
    int subdirectories;
    long sizeBytes;

    /** The root is its own parent. */
    Directory(Attributes attributes, Directory parent) {
      super(attributes);
      this.parent = parent == null ? this : parent;
      links = 1;
    }

    @Override
    FileType type() {
      return FileType.DIRECTORY;
    }

    void put(FileName name, Node child) {
      children.put(name, child);
      if (child instanceof Directory) {
        subdirectories++;
      }
    }

    /** Takes the name away, if it is there; what becomes of the child is the caller's business. */
    Node take(FileName name) {
      Node child = children.remove(name);
      if (child instanceof Directory) {
        subdirectories--;
      }
      return child;
    }

    Map.Entry<FileName, Node> takeFirst() {
      Map.Entry<FileName, Node> first = children.pollFirstEntry();
      if (first.getValue() instanceof Directory) {
        subdirectories--;
      }
      return first;
    }

    @Override
    long sizeBytes() {
      return sizeBytes;
    }
  }

  static final class File extends Stored {
    long sizeBytes;

    File(Attributes attributes) {
      super(attributes);
    }

    @Override
    FileType type() {
      return FileType.FILE;
    }

    @Override
    long sizeBytes() {
      return sizeBytes;
    }
  }

  static final class Symlink extends Stored {
    final byte[] target;

    Symlink(Attributes attributes, byte[] target) {
      super(attributes);
      this.target = target;
    }

    boolean isFast() {
      return target.length < Format.FAST_SYMLINK_LIMIT;
    }

    @Override
    FileType type() {
      return FileType.SYMLINK;
    }

    @Override
    long sizeBytes() {
      return target.length;
    }

    @Override
    byte[] linkTarget() {
      return target.clone();
    }
  }

  /** A device, FIFO or socket. */
  static final class Special extends Node {
    private final FileType type;
    final int major;
    final int minor;

    Special(Attributes attributes, FileType type, int major, int minor) {
      super(attributes);
      this.type = type;
      this.major = major;
      this.minor = minor;
    }

    @Override
    FileType type() {
      return type;
    }
  }
}
