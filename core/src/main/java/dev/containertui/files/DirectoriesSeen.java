package dev.containertui.files;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.ext4.ImagePath;
import java.util.HashSet;
import java.util.Set;

/**
 * The directories that a walk has come through. In a file system each has one place; a hostile disk
 * may show one in many, or within itself.
 */
final class DirectoriesSeen {
  private final Set<Long> upper = new HashSet<>();
  private final Set<Long> lower = new HashSet<>();

  void enter(ImagePath path, OverlayFile directory) {
    boolean news =
        (directory.upper() == 0 || upper.add(directory.upper()))
            && (directory.lower() == 0 || lower.add(directory.lower()));
    if (!news) {
      throw new EngineException(
          Kind.CORRUPT, "the container's disk is damaged: " + path + " is elsewhere, too");
    }
  }
}
