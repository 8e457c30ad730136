package dev.containertui.container;

import dev.containertui.network.PublishedPort;
import java.util.List;
import java.util.Optional;

/**
 * The machine that a container runs in.
 *
 * @param pid of its process on the host
 * @param hypervisor for example {@code qemu}
 * @param accelerator for example {@code kvm} or {@code tcg}
 * @param kernelRelease as {@code uname -r} prints it in the guest
 * @param memoryBytes what the guest sees as its memory; the host gives it as it is touched
 * @param macAddress of eth0; empty without a network
 * @param ports that the host listens for, as long as the machine lives
 */
public record MachineFacts(
    long pid,
    String hypervisor,
    String accelerator,
    String kernelRelease,
    int vcpus,
    long memoryBytes,
    Optional<String> macAddress,
    List<PublishedPort> ports) {
  public MachineFacts {
    ports = List.copyOf(ports);
  }
}
