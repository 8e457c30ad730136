package dev.containertui.ext4;

/** What an inode is. */
public enum FileType {
  FILE(0x8000, 1),
  DIRECTORY(0x4000, 2),
  CHARACTER_DEVICE(0x2000, 3),
  BLOCK_DEVICE(0x6000, 4),
  FIFO(0x1000, 5),
  SOCKET(0xC000, 6),
  SYMLINK(0xA000, 7);

  /** The bits of {@code i_mode} that hold the type (S_IFMT). */
  static final int MODE_MASK = 0xF000;

  private final int modeBits;
  private final int entryType;

  FileType(int modeBits, int entryType) {
    this.modeBits = modeBits;
    this.entryType = entryType;
  }

  /** The type's bits in {@code i_mode}. */
  int modeBits() {
    return modeBits;
  }

  /** The type as a directory entry gives it. */
  int entryType() {
    return entryType;
  }

  static FileType ofMode(int mode) {
    for (FileType type : values()) {
      if (type.modeBits == (mode & MODE_MASK)) {
        return type;
      }
    }
    throw new Ext4Exception(
        Ext4Exception.Reason.CORRUPT,
        "an inode of no known type, mode 0" + Integer.toOctalString(mode));
  }
}
