package dev.containertui.engine;

import java.nio.file.Path;
import java.time.Instant;

/**
 * About an engine.
 *
 * @param id that stays the same for a state directory
 * @param version of this program
 * @param pid of its process
 * @param data directory of its state
 * @param containers all that there are
 * @param running those of them that run, and
 * @param paused those that are paused
 * @param kernelRelease of this host
 * @param hypervisor for example {@code qemu}
 * @param accelerator for example {@code kvm}; empty if no machine can be started
 */
public record EngineInfo(
    String id,
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
    String accelerator) {}
