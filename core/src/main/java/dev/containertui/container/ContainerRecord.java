package dev.containertui.container;

import dev.containertui.network.PublishedPort;
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
 * @param facts what has become of it
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
    BootTimeline bootTimeline,
    RunFacts facts) {

  /**
   * The machine of a container.
   *
   * @param pid of its process on the host
   * @param kernelRelease as {@code uname -r} prints it in the guest
   * @param ports that the host listens for, as long as it lives
   */
  record Machine(
      long pid,
      String hypervisor,
      String accelerator,
      String kernelRelease,
      int vcpus,
      MachineMemory memory,
      Optional<String> address,
      Optional<String> macAddress,
      List<PublishedPort> ports) {
    Machine {
      ports = List.copyOf(ports);
    }

    MachineFacts facts() {
      return new MachineFacts(
          pid,
          hypervisor,
          accelerator,
          kernelRelease,
          vcpus,
          memory.machineBytes(),
          macAddress,
          ports);
    }
  }

  /**
   * @throws IllegalStateException if that state may not follow the present one
   */
  ContainerRecord entering(ContainerState newState) {
    Transitions.require(state, newState);
    return copy(name, spec, newState, machine, bootTimeline, facts);
  }

  ContainerRecord with(Machine newMachine, BootTimeline newTimeline) {
    return copy(name, spec, state, Optional.of(newMachine), newTimeline, facts);
  }

  ContainerRecord with(RunFacts newFacts) {
    return copy(name, spec, state, machine, bootTimeline, newFacts);
  }

  ContainerRecord with(ContainerSpec newSpec) {
    return copy(name, newSpec, state, machine, bootTimeline, facts);
  }

  ContainerRecord named(String newName) {
    return copy(newName, spec, state, machine, bootTimeline, facts);
  }

  private ContainerRecord copy(
      String newName,
      ContainerSpec newSpec,
      ContainerState newState,
      Optional<Machine> newMachine,
      BootTimeline newTimeline,
      RunFacts newFacts) {
    return new ContainerRecord(
        id,
        newName,
        newSpec,
        imageReference,
        imageDigest,
        command,
        createdAt,
        newState,
        newMachine,
        newTimeline,
        newFacts);
  }

  String shortId() {
    return id.substring(0, 12);
  }

  boolean supervised() {
    return facts.supervised();
  }

  /** How its last run ended; -1 if it never ran or its machine failed. */
  int exitCode() {
    return switch (state) {
      case ContainerState.Exited exited -> exited.exitCode();
      case ContainerState.Restarting restarting -> restarting.exitCode();
      default -> -1;
    };
  }
}
