package dev.containertui.files;

import dev.containertui.ext4.Ext4Reader;
import dev.containertui.ext4.FileName;
import dev.containertui.ext4.FileType;
import dev.containertui.ext4.Stat;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One of the two disks, and the marks that overlayfs makes on it (Linux,
 * Documentation/filesystems/overlayfs).
 */
final class OverlayLayer {
  private static final String PRIVATE = "trusted.overlay.";

  /** How overlayfs stores what a container calls {@code trusted.overlay.…}. */
  private static final String ESCAPED = "trusted.overlay.overlay.";

  private static final String OPAQUE = "trusted.overlay.opaque";

  /** A directory that was moved, or a file without its content: not with our mount's options. */
  private static final String REDIRECT = "trusted.overlay.redirect";

  private static final String METACOPY = "trusted.overlay.metacopy";

  private final Ext4Reader reader;
  private final long root;

  OverlayLayer(Ext4Reader reader, long root) {
    this.reader = reader;
    this.root = root;
  }

  Ext4Reader reader() {
    return reader;
  }

  long root() {
    return root;
  }

  /** As it is stored, marks included. */
  Stat stored(long inode) {
    return reader.stat(inode);
  }

  SortedMap<FileName, Long> entries(long directory) {
    return directory == 0 ? Collections.emptySortedMap() : reader.entries(directory);
  }

  /** A character device 0/0 hides what is below it. */
  static boolean isWhiteout(Stat stored) {
    return stored.type() == FileType.CHARACTER_DEVICE && stored.major() == 0 && stored.minor() == 0;
  }

  /** Whether a directory hides all that is below it. */
  static boolean isOpaque(Stat stored) {
    byte[] value = stored.attributes().xattrs().get(OPAQUE);
    return value != null && value.length == 1 && value[0] == 'y';
  }

  /** Whether it can only be understood together with what is elsewhere on the lower disk. */
  static boolean isRedirected(Stat stored) {
    SortedMap<String, byte[]> xattrs = stored.attributes().xattrs();
    return xattrs.containsKey(REDIRECT) || xattrs.containsKey(METACOPY);
  }

  /** What the container sees of it. */
  static Stat shown(Stat stored) {
    SortedMap<String, byte[]> xattrs = stored.attributes().xattrs();
    if (xattrs.keySet().stream().noneMatch(name -> name.startsWith(PRIVATE))) {
      return stored;
    }
    SortedMap<String, byte[]> shown = new TreeMap<>();
    xattrs.forEach(
        (name, value) -> {
          if (name.startsWith(ESCAPED)) {
            shown.put(PRIVATE + name.substring(ESCAPED.length()), value);
          } else if (!name.startsWith(PRIVATE)) {
            shown.put(name, value);
          }
        });
    return new Stat(
        stored.type(),
        stored.attributes().withXattrs(shown),
        stored.sizeBytes(),
        stored.links(),
        stored.linkTarget(),
        stored.major(),
        stored.minor(),
        stored.inode());
  }
}
