package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.OptionalInt;

/**
 * How large a container's machine is. vCPUs are the asked-for CPUs rounded up; a fraction is kept
 * by a quota inside.
 *
 * @param cpuQuotaMillis thousandths of a CPU; empty: all of the vCPUs
 */
record MachineSize(int vcpus, MachineMemory memory, OptionalInt cpuQuotaMillis) {
  /** One boots fastest: a second costs an emulated machine a third of its start again. */
  private static final int DEFAULT_VCPUS = 1;

  private static final double MIN_CPUS = 0.01;

  /**
   * @param hostCpus how many CPUs the host has
   * @param hostMemoryBytes how much memory it has
   * @throws EngineException INVALID if the host does not have as many CPUs, or the memory is too
   *     little for a container; EXHAUSTED if it is more than the host has
   */
  static MachineSize of(ContainerSpec spec, int hostCpus, long hostMemoryBytes) {
    double cpus = spec.cpus().orElse(DEFAULT_VCPUS);
    if (!(cpus >= MIN_CPUS && cpus <= hostCpus)) {
      throw new EngineException(
          Kind.INVALID,
          "CPUs out of range: " + cpus,
          "this host has " + hostCpus + "; ask for " + MIN_CPUS + " to " + hostCpus);
    }
    int vcpus = (int) Math.ceil(cpus);
    return new MachineSize(
        vcpus,
        MachineMemory.of(spec.memoryBytes(), hostMemoryBytes),
        cpus == vcpus ? OptionalInt.empty() : OptionalInt.of((int) Math.round(cpus * 1000)));
  }

  static MachineSize of(ContainerSpec spec, ContainerSupplies supplies) {
    return of(spec, supplies.hostCpus(), supplies.hostMemoryBytes());
  }
}
