package dev.containertui.files;

import dev.containertui.ext4.Stat;

/**
 * Something in the union of two disks.
 *
 * @param stat as the container sees it; its inode number is that on the disk that it is from
 * @param upper inode on the container's own disk; 0 if it is not there
 * @param lower inode on the image's disk; 0 if it is not there or hidden. A directory that has both
 *     shows the entries of both
 */
public record OverlayFile(Stat stat, long upper, long lower) {
  /** Identity of its inode: what is equal here is one file with several names. */
  public record Identity(boolean onUpper, long inode) {}

  public Identity identity() {
    return new Identity(upper != 0, upper != 0 ? upper : lower);
  }
}
