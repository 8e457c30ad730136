package dev.containertui.container;

import dev.containertui.agent.MachineMount;
import dev.containertui.agent.MachineMount.Source.Tmpfs;
import dev.containertui.container.Mount.TmpfsMount;
import dev.containertui.container.Mount.TmpfsOptions;
import dev.containertui.container.Mount.VolumeMount;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.ImageConfig;
import dev.containertui.vm.VmSpec;
import dev.containertui.vm.VmSpec.Drive;
import dev.containertui.vm.VmSpec.MachineShape;
import dev.containertui.volume.Volume;
import dev.containertui.volume.VolumeSpec;
import dev.containertui.volume.VolumeStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From the mounts that are asked for to those that a container has. */
final class MountPlan {
  /**
   * How many bays machines have. Few shapes serve all: one without, for containers without volumes;
   * one for a few, which a kernel without ACPI can have too; and the largest.
   */
  private static final List<Integer> BAYS = List.of(0, 3, MachineShape.MAX_BAYS);

  private static final int BAYS_WITHOUT_ACPI = 3;

  private MountPlan() {}

  /**
   * The mounts of a new container: what is asked for, and anonymous volumes where the image wants
   * some and nothing else is. Parents come before what is mounted in them.
   *
   * @throws EngineException INVALID
   */
  static List<Mount> of(List<Mount> asked, ImageConfig.Execution image) {
    MountTarget.check(asked);
    List<Mount> mounts = new ArrayList<>(asked);
    Set<String> targets = new HashSet<>();
    asked.forEach(mount -> targets.add(mount.target()));
    for (String path : image.volumes()) {
      String target = MountTarget.checked(path);
      if (targets.add(target)) {
        mounts.add(new VolumeMount(Optional.empty(), target, false, true, true));
      }
    }
    mounts.sort(Comparator.comparingInt(mount -> mount.target().split("/").length));
    MountTarget.check(mounts);
    bays(volumes(mounts), true);
    return List.copyOf(mounts);
  }

  /**
   * Makes the volumes that are not there, and gives those without a name one. Of these none is left
   * if one cannot be made.
   */
  static List<Mount> withVolumes(List<Mount> mounts, VolumeStore store) {
    List<Mount> made = new ArrayList<>();
    try {
      for (Mount mount : mounts) {
        made.add(mount instanceof VolumeMount volume ? withVolume(volume, store) : mount);
      }
    } catch (EngineException e) {
      anonymous(made).forEach(store::remove);
      throw e;
    }
    return List.copyOf(made);
  }

  private static Mount withVolume(VolumeMount mount, VolumeStore store) {
    Volume volume = store.create(new VolumeSpec(mount.volume(), Volume.DRIVER, Map.of(), Map.of()));
    return new VolumeMount(
        Optional.of(volume.name()),
        mount.target(),
        mount.readOnly(),
        mount.copy(),
        mount.volume().isEmpty());
  }

  /** Names of the volumes, each once, in the order of their bays. */
  static List<String> volumes(List<Mount> mounts) {
    return mounts.stream()
        .filter(VolumeMount.class::isInstance)
        .map(mount -> ((VolumeMount) mount).volume().orElse(mount.target()))
        .distinct()
        .toList();
  }

  /** Names of the volumes that were made for this container. */
  static List<String> anonymous(ContainerSpec spec) {
    return anonymous(spec.mounts());
  }

  private static List<String> anonymous(List<Mount> mounts) {
    return mounts.stream()
        .filter(mount -> mount instanceof VolumeMount volume && volume.anonymous())
        .flatMap(mount -> ((VolumeMount) mount).volume().stream())
        .toList();
  }

  /**
   * How many bays a machine for these volumes has.
   *
   * @throws EngineException INVALID if there are too many volumes for it
   */
  static int bays(List<String> volumes, boolean acpi) {
    int most = acpi ? MachineShape.MAX_BAYS : BAYS_WITHOUT_ACPI;
    return BAYS.stream()
        .filter(bays -> bays >= volumes.size() && bays <= most)
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException(
                    Kind.INVALID,
                    "a container %scan have %d volumes, not %d"
                        .formatted(
                            acpi ? "" : "with a kernel without ACPI ", most, volumes.size())));
  }

  /** What the guest is told. */
  static List<MachineMount> mounts(List<Mount> mounts, List<Drive> drives) {
    List<String> volumes = volumes(mounts);
    return mounts.stream()
        .map(
            mount ->
                new MachineMount(
                    mount.target(),
                    switch (mount) {
                      case VolumeMount volume -> source(volume, volumes, drives);
                      case TmpfsMount tmpfs ->
                          new Tmpfs(tmpfs.readOnly(), flags(tmpfs.options()), options(tmpfs));
                    }))
        .toList();
  }

  private static MachineMount.Source source(
      VolumeMount mount, List<String> volumes, List<Drive> drives) {
    int bay = volumes.indexOf(mount.volume().orElseThrow());
    MachineMount.Access access =
        drives.get(bay).readOnly()
            ? MachineMount.Access.READ_ONLY_DISK
            : mount.readOnly() ? MachineMount.Access.READ_ONLY : MachineMount.Access.READ_WRITE;
    return new MachineMount.Source.Disk(
        VmSpec.Drive.serial(bay), access, mount.copy() && !drives.get(bay).readOnly());
  }

  private static int flags(TmpfsOptions options) {
    return (options.suid() ? 0 : Tmpfs.NOSUID)
        | (options.dev() ? 0 : Tmpfs.NODEV)
        | (options.exec() ? 0 : Tmpfs.NOEXEC);
  }

  private static Optional<String> options(TmpfsMount mount) {
    String text = "mode=" + Integer.toOctalString(mount.mode().orElse(01777));
    return Optional.of(
        mount.sizeBytes().isPresent() ? text + ",size=" + mount.sizeBytes().getAsLong() : text);
  }
}
