package dev.containertui;

import dev.containertui.engine.EngineInfo;
import java.nio.file.Path;
import java.time.Instant;

/**
 * About the engine and its host.
 *
 * @param version of this program
 * @param pid of the engine's process
 * @param data directory of its state
 * @param containers all that there are
 * @param running those of them that run
 * @param paused those that are paused
 * @param cpus of this host
 * @param memoryBytes of this host
 * @param kernelRelease of this host
 * @param hypervisor for example {@code qemu}
 * @param accelerator {@code kvm}, {@code tcg}; empty if no machine can be started
 * @param embedded whether the engine is a part of this process, and its containers end with it
 */
public record SystemInfo(
    String version,
    long pid,
    Instant startedAt,
    Path data,
    int containers,
    int running,
    int paused,
    int images,
    int cpus,
    long memoryBytes,
    String kernelRelease,
    String operatingSystem,
    String hypervisor,
    String hypervisorVersion,
    String accelerator,
    boolean embedded)
    implements Value {
  static SystemInfo of(EngineInfo info, boolean embedded) {
    return new SystemInfo(
        info.version(),
        info.pid(),
        info.startedAt(),
        info.data(),
        info.containers(),
        info.running(),
        info.paused(),
        info.images(),
        info.cpus(),
        info.memoryBytes(),
        info.kernelRelease(),
        info.operatingSystem(),
        info.hypervisor(),
        info.hypervisorVersion(),
        info.accelerator(),
        embedded);
  }
}
