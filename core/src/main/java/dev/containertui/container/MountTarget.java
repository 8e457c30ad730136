package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.error.ForeignText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where in a container something can be mounted. */
final class MountTarget {
  private static final int MAX_BYTES = 4000;
  private static final int SHOWN = 80;

  /** As many as the guest takes. */
  private static final int MAX_MOUNTS = 32;

  /** Of all targets together; they are one message to the guest's first process. */
  private static final int MAX_ALL_BYTES = 60_000;

  private MountTarget() {}

  /**
   * @return the path without empty components and {@code .}
   * @throws EngineException INVALID
   */
  static String checked(String path) {
    if (!path.startsWith("/")) {
      throw invalid(path, "it is not an absolute path");
    } else if (path.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw invalid(path, "it is too long");
    } else if (path.chars().anyMatch(Character::isISOControl)) {
      throw invalid(path, "it has control characters");
    }
    List<String> components = new ArrayList<>();
    for (String component : path.split("/")) {
      if (component.equals("..")) {
        throw invalid(path, "it has .. in it");
      } else if (!component.isEmpty() && !component.equals(".")) {
        components.add(component);
      }
    }
    if (components.isEmpty()) {
      throw invalid(path, "it is the container's root");
    } else if (components.getFirst().equals("proc") || components.getFirst().equals("sys")) {
      throw invalid(path, "that is the kernel's");
    }
    return "/" + String.join("/", components);
  }

  private static EngineException invalid(String path, String why) {
    return new EngineException(
        Kind.INVALID,
        "nothing can be mounted at " + ForeignText.brief(path, SHOWN) + ": " + why,
        "name an absolute path in the container, for example /data");
  }

  /**
   * @throws EngineException INVALID for two mounts at one place, or too many
   */
  static void check(List<Mount> mounts) {
    Set<String> targets = new HashSet<>();
    int bytes = 0;
    for (Mount mount : mounts) {
      if (!mount.target().equals(checked(mount.target()))) {
        throw invalid(mount.target(), "it is not in its shortest form");
      }
      if (!targets.add(mount.target())) {
        throw new EngineException(
            Kind.INVALID, "duplicate mount point: " + mount.target(), "mount one thing there");
      }
      bytes += mount.target().getBytes(StandardCharsets.UTF_8).length + 16;
    }
    if (mounts.size() > MAX_MOUNTS || bytes > MAX_ALL_BYTES) {
      throw new EngineException(
          Kind.INVALID, "a container can have " + MAX_MOUNTS + " mounts, not " + mounts.size());
    }
  }
}
