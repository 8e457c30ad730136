package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.volume.VolumeStore;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The volumes that were made for one container, and may go with it. */
final class AnonymousVolumes {
  private AnonymousVolumes() {}

  /** Removes them, but those that another container has got hold of by their names. */
  static void remove(ContainerRecord gone, Surroundings around) {
    List<String> own = MountPlan.anonymous(gone.spec());
    if (own.isEmpty()) {
      return;
    }
    VolumeStore volumes = around.supplies().volumes();
    volumes.locked(
        () -> {
          Set<String> used =
              around.store().list().stream()
                  .flatMap(other -> MountPlan.volumes(other.spec().mounts()).stream())
                  .collect(Collectors.toSet());
          own.stream().filter(name -> !used.contains(name)).forEach(name -> remove(volumes, name));
          return null;
        });
  }

  private static void remove(VolumeStore volumes, String name) {
    try {
      volumes.remove(name);
    } catch (EngineException e) {
      // It can be removed by hand, or pruned; the container is gone anyway.
    }
  }
}
