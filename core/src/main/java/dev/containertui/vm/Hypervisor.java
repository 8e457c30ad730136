package dev.containertui.vm;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Something that can run virtual machines on this host. Implementations are found by {@link
 * java.util.ServiceLoader}.
 */
public interface Hypervisor {
  /** A short lower-case name: {@code qemu}, {@code vz}. */
  String name();

  /**
   * Whether machines can be started here, and how; cheap after the first call. Never throws, never
   * hangs.
   */
  Availability available();

  /**
   * Starts a machine and returns once its process runs; the guest is still booting then.
   *
   * @throws dev.containertui.error.EngineException UNAVAILABLE, EXHAUSTED, INVALID or TIMEOUT
   */
  VirtualMachine start(VmSpec spec);

  /**
   * Takes up a machine that another process started and let go of, by its end or by {@link
   * VirtualMachine#detach}.
   *
   * @param runtimeDirectory that it was started with
   * @param pid of its process; the caller has made sure that it is that of this machine
   * @throws dev.containertui.error.EngineException NOT_FOUND if it has ended; UNAVAILABLE or
   *     TIMEOUT if it cannot be talked to
   */
  default VirtualMachine adopt(Path runtimeDirectory, long pid) {
    throw new EngineException(
        Kind.UNAVAILABLE, name() + " cannot take up a machine that it has not started");
  }

  /** Keeping and cloning machines; empty if this hypervisor cannot. */
  default Optional<MachineCloning> cloning() {
    return Optional.empty();
  }

  /**
   * What a hypervisor found out about this host.
   *
   * @param usable whether {@link Hypervisor#start} can work
   * @param accelerator {@code kvm}, {@code tcg}, {@code hvf}; empty if not usable
   * @param version of the monitor, for example {@code 7.2.22}; empty if unknown
   * @param reason one line: why it is not usable, or why this accelerator was chosen
   */
  record Availability(boolean usable, String accelerator, String version, String reason) {}
}
