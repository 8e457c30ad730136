package dev.containertui.container;

import dev.containertui.vm.BootTimeline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a container and kept on disk.
 *
 * @param id 64 lower-case hexadecimal digits
 * @param imageReference as the user wrote it
 * @param imageDigest of the image's manifest
 * @param command that the main process executes, not empty: the user's words over the image's
 * @param machine once it has one, also after its end
 */
record ContainerRecord(
    String id,
    String name,
    ContainerSpec spec,
    String imageReference,
    String imageDigest,
    List<String> command,
    Instant createdAt,
    ContainerState state,
    Optional<Machine> machine,
    BootTimeline bootTimeline) {

  /**
   * The machine of a container.
   *
   * @param pid of its process on the host
   * @param kernelRelease as {@code uname -r} prints it in the guest
   */
  record Machine(
      long pid,
      String hypervisor,
      String accelerator,
      String kernelRelease,
      int vcpus,
      MachineMemory memory,
      Optional<String> address,
      Optional<String> macAddress) {}

  ContainerRecord with(ContainerState newState) {
    return new ContainerRecord(
        id,
        name,
        spec,
        imageReference,
        imageDigest,
        command,
        createdAt,
        newState,
        machine,
        bootTimeline);
  }

  ContainerRecord with(Machine newMachine, BootTimeline newTimeline) {
    return new ContainerRecord(
        id,
        name,
        spec,
        imageReference,
        imageDigest,
        command,
        createdAt,
        state,
        Optional.of(newMachine),
        newTimeline);
  }

  String shortId() {
    return id.substring(0, 12);
  }
}
