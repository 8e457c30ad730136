package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.OptionalInt;

/**
 * How large a container's machine is.
 *
 * <p>vCPUs are the asked-for CPUs rounded up; a fraction is kept by a quota inside. Memory is the
 * machine's: the guest's kernel and init take about 60 MiB of it (measured with the distribution's
 * cloud kernel), the rest is the container's. Host memory is taken only as the guest touches it, so
 * the default costs an idle container no more than a smaller one would.
 *
 * @param memoryBytes a multiple of 1 MiB
 * @param cpuQuotaMillis thousandths of a CPU; empty: all of the vCPUs
 */
record MachineSize(int vcpus, long memoryBytes, OptionalInt cpuQuotaMillis) {
  private static final long MIB = 1L << 20;

  /** Room for a package manager or a small Java program beside the kernel. */
  static final long DEFAULT_MEMORY_BYTES = 512 * MIB;

  /** The kernel boots with less, but leaves a container too little to say so. */
  static final long MIN_MEMORY_BYTES = 128 * MIB;

  /** One boots fastest: a second costs an emulated machine a third of its start again. */
  private static final int DEFAULT_VCPUS = 1;

  private static final double MIN_CPUS = 0.01;

  /**
   * @param hostCpus how many CPUs the host has
   * @throws EngineException INVALID if the host does not have as many CPUs, or the memory is too
   *     little to boot
   */
  static MachineSize of(ContainerSpec spec, int hostCpus) {
    double cpus = spec.cpus().orElse(DEFAULT_VCPUS);
    if (!(cpus >= MIN_CPUS && cpus <= hostCpus)) {
      throw new EngineException(
          Kind.INVALID,
          "CPUs out of range: " + cpus,
          "this host has " + hostCpus + "; ask for " + MIN_CPUS + " to " + hostCpus);
    }
    int vcpus = (int) Math.ceil(cpus);
    long memory = spec.memoryBytes().orElse(DEFAULT_MEMORY_BYTES);
    if (memory < MIN_MEMORY_BYTES) {
      throw new EngineException(
          Kind.INVALID,
          "too little memory for a machine: " + memory + " bytes",
          "ask for at least "
              + MIN_MEMORY_BYTES / MIB
              + " MiB; the guest's kernel needs 60 of them");
    }
    return new MachineSize(
        vcpus,
        memory > Long.MAX_VALUE - MIB ? Long.MAX_VALUE / MIB * MIB : (memory + MIB - 1) / MIB * MIB,
        cpus == vcpus ? OptionalInt.empty() : OptionalInt.of((int) Math.round(cpus * 1000)));
  }
}
