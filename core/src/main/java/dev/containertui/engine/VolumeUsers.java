package dev.containertui.engine;

import dev.containertui.container.Container;
import dev.containertui.container.Mount;
import java.util.List;

/** Which containers have a volume, running or not. */
public final class VolumeUsers {
  private VolumeUsers() {}

  /** Those of {@code containers} that have it mounted. */
  public static List<Container> of(String volume, List<Container> containers) {
    return containers.stream().filter(container -> has(container, volume)).toList();
  }

  /** Whether a container has a volume with this name, or anything mounted at this place. */
  public static boolean hasMount(Container container, String nameOrTarget) {
    return has(container, nameOrTarget)
        || container.spec().mounts().stream().anyMatch(m -> m.target().equals(nameOrTarget));
  }

  private static boolean has(Container container, String volume) {
    return container.spec().mounts().stream()
        .anyMatch(
            mount ->
                mount instanceof Mount.VolumeMount mounted
                    && mounted.volume().filter(volume::equals).isPresent());
  }
}
