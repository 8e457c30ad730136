package dev.containertui.files;

import dev.containertui.ext4.ImagePath;
import java.util.Optional;

/**
 * A difference between a container and its image.
 *
 * @param opaque whether it is a directory that hides all that the image has in its own
 * @param file what is there now; empty if it is deleted
 */
public record TreeChange(Kind kind, ImagePath path, boolean opaque, Optional<OverlayFile> file) {
  /** As {@code docker diff} has them. */
  public enum Kind {
    MODIFIED,
    ADDED,
    DELETED
  }
}
