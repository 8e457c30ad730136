package dev.containertui.rootfs;

import java.util.Optional;

/**
 * What one member of a layer does to the file system below it.
 *
 * @param path absolute, unprintable bytes escaped
 * @param type of what the layer brings; empty if it only hides
 * @param permissions low 12 bits of the mode
 * @param sizeBytes of a file
 * @param linkTarget of symbolic and hard links, unprintable bytes escaped
 */
public record LayerFile(
    String path,
    Effect effect,
    Optional<TarEntry.Type> type,
    int permissions,
    long sizeBytes,
    Optional<String> linkTarget) {
  /** What becomes of a path. */
  public enum Effect {
    /** It was not there. */
    ADDED,
    /** It takes the place of what was there. */
    CHANGED,
    /** A whiteout: what was there is not seen any more (OCI image-spec, layer.md "Whiteouts"). */
    HIDDEN,
    /** An opaque directory: nothing of what was in it is seen any more. */
    EMPTIED
  }
}
