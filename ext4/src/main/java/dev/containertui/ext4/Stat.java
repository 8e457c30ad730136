package dev.containertui.ext4;

/**
 * An inode as seen from outside.
 *
 * @param sizeBytes of a file its length, of a symlink its target's; 0 for other types, and for
 *     directories of an image that is being written
 * @param links how many names it has; 1 for a directory of more than 64998 subdirectories
 * @param linkTarget of a symlink; empty for other types; not copied
 * @param major device number of a device; else 0
 * @param minor device number of a device; else 0
 * @param inode its number; 0 in an image that is being written
 */
public record Stat(
    FileType type,
    Attributes attributes,
    long sizeBytes,
    int links,
    byte[] linkTarget,
    int major,
    int minor,
    long inode) {}
