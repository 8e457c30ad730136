package dev.containertui.container;

import dev.containertui.container.Mount.VolumeMount;
import dev.containertui.error.DiskErrors;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.vm.VmSpec.Drive;
import dev.containertui.volume.Volume;
import dev.containertui.volume.VolumeDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which containers' machines have which volumes. ext4 is no file system for several machines at
 * once, so one has a volume alone; or any number does, if all of them only read it.
 *
 * <p>Claims are for starts in this process, which could otherwise overtake each other. Machines
 * that an engine before this one has started are known by QEMU's locks on their disks.
 */
final class VolumeClaims {
  private final ContainerStore store;
  private final ContainerSupplies supplies;

  /** Drives by volume, by container. */
  private final Map<String, Map<String, Drive>> claims = new HashMap<>();

  VolumeClaims(ContainerStore store, ContainerSupplies supplies) {
    this.store = store;
    this.supplies = supplies;
  }

  /**
   * Takes all volumes of a container, or none.
   *
   * @return what its machine has in its bays
   * @throws EngineException CONFLICT if another container has one; NOT_FOUND if one was removed
   */
  synchronized List<Drive> take(ContainerRecord container) {
    List<String> volumes = MountPlan.volumes(container.spec().mounts());
    Map<String, Drive> taken = new HashMap<>();
    List<Drive> drives = new ArrayList<>();
    for (String name : volumes) {
      Drive drive = drive(container, name);
      taken.put(name, drive);
      drives.add(drive);
    }
    if (!taken.isEmpty()) {
      claims.put(container.id(), taken);
    }
    return drives;
  }

  /** Its machine is gone. */
  synchronized void release(String containerId) {
    claims.remove(containerId);
  }

  private Drive drive(ContainerRecord container, String name) {
    Volume volume = supplies.volumes().require(name);
    requireWhole(volume);
    boolean reads = onlyReads(container.spec(), name);
    List<Drive> others =
        claims.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(container.id()))
            .map(entry -> entry.getValue().get(name))
            .filter(Objects::nonNull)
            .toList();
    boolean shared =
        reads
            && others.stream().allMatch(Drive::readOnly)
            // Its locks are not asked while others that only read are about to take theirs.
            && (!others.isEmpty() || !VolumeDisk.isInUse(volume.disk(), false))
            && VolumeDisk.isSettled(volume.disk());
    if (!shared && (!others.isEmpty() || VolumeDisk.isInUse(volume.disk(), true))) {
      throw taken(container, name);
    }
    return new Drive(volume.disk(), shared);
  }

  /** A clone takes it for as large as its bay, whatever it finds behind it. */
  private static void requireWhole(Volume volume) {
    String what;
    try {
      if (!Files.exists(volume.disk())) {
        what = "gone";
      } else if (!Files.isRegularFile(volume.disk())) {
        what = "no file";
      } else if (Files.size(volume.disk()) != VolumeDisk.MAX_BYTES) {
        what = "cut off";
      } else {
        return;
      }
    } catch (IOException e) {
      throw DiskErrors.of("cannot look at the disk of a volume", volume.disk(), e);
    }
    throw new EngineException(
        Kind.CORRUPT,
        "the disk of volume " + volume.name() + " is " + what + ": " + volume.disk(),
        "remove the volume");
  }

  private static boolean onlyReads(ContainerSpec spec, String name) {
    return spec.mounts().stream()
        .filter(
            mount ->
                mount instanceof VolumeMount volume && volume.volume().equals(Optional.of(name)))
        .allMatch(Mount::readOnly);
  }

  private EngineException taken(ContainerRecord container, String name) {
    String by =
        store.list().stream()
            .filter(other -> !other.id().equals(container.id()))
            .filter(other -> MountPlan.volumes(other.spec().mounts()).contains(name))
            .filter(other -> claims.containsKey(other.id()) || other.state().isActive())
            .map(ContainerRecord::name)
            .findFirst()
            .map(other -> "container " + other)
            .orElse("another machine");
    return new EngineException(
        Kind.CONFLICT,
        "volume " + name + " is in use by " + by + ": only one machine at a time can write to it",
        "stop that container first; several can have it if all mount it read-only");
  }
}
