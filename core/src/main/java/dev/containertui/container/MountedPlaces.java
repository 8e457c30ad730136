package dev.containertui.container;

import dev.containertui.container.Mount.TmpfsMount;
import dev.containertui.container.Mount.VolumeMount;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.nio.file.Path;

/**
 * Places in a container whose files are not on its own disks. To read these there would be to see
 * what is hidden below the mount, and to write there to lose it.
 */
final class MountedPlaces {
  private MountedPlaces() {}

  /**
   * @param path as it is written; where its links lead is asked for apart
   * @throws EngineException CONFLICT if a path is a place where something is mounted, or below it
   */
  static void refuse(ContainerRecord container, String path) {
    Path asked = normal(path);
    for (Mount mount : container.spec().mounts()) {
      if (asked.startsWith(Path.of(mount.target()))) {
        throw refused(container, path, mount);
      }
    }
  }

  /** The same, but for the place itself, which is a directory on the container's disk, too. */
  static void refuseBelow(ContainerRecord container, String path) {
    Path asked = normal(path);
    if (asked.getParent() != null) {
      refuse(container, asked.getParent().toString());
    }
  }

  /**
   * Whether something is mounted at this very path: of the container's own nothing is to be seen
   * there.
   */
  static boolean isOne(ContainerRecord container, String path) {
    return container.spec().mounts().stream()
        .anyMatch(mount -> normal(path).equals(Path.of(mount.target())));
  }

  private static Path normal(String path) {
    return Path.of("/").resolve(path.replace("\0", "")).normalize();
  }

  private static EngineException refused(ContainerRecord container, String path, Mount mount) {
    return switch (mount) {
      case VolumeMount volume ->
          new EngineException(
              Kind.CONFLICT,
              "%s of container %s lies in volume %s, which is no part of the container"
                  .formatted(path, container.name(), volume.volume().orElse("")),
              "reach it by a process: exec if the container runs, else run -v "
                  + volume.volume().orElse("")
                  + ":/PATH");
      case TmpfsMount _ ->
          new EngineException(
              Kind.CONFLICT,
              "%s of container %s lies in memory, which is no part of the container's disk"
                  .formatted(path, container.name()),
              "reach it by a process: exec");
    };
  }
}
