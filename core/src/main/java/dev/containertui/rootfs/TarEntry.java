package dev.containertui.rootfs;

import dev.containertui.ext4.FileName;
import java.time.Instant;
import java.util.SortedMap;

/**
 * One member of a tar archive, all extensions applied.
 *
 * @param type what it is
 * @param name as the archive has it: any bytes without NUL
 * @param linkTarget of symbolic and hard links
 * @param permissions low 12 bits of the mode
 * @param uid 0 to 2³²−1
 * @param gid 0 to 2³²−1
 * @param sizeBytes of a file its length, holes included; else 0
 * @param major of devices, not negative
 * @param minor of devices, not negative
 * @param xattrs extended attributes by full name
 */
public record TarEntry(
    Type type,
    byte[] name,
    byte[] linkTarget,
    int permissions,
    long uid,
    long gid,
    Instant modified,
    long sizeBytes,
    int major,
    int minor,
    SortedMap<String, byte[]> xattrs) {

  /** What a member can be. */
  public enum Type {
    FILE,
    HARD_LINK,
    SYMLINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    DIRECTORY,
    FIFO
  }

  /** The name for a message. */
  public String printableName() {
    return FileName.printable(name);
  }
}
