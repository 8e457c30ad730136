package dev.containertui.template;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A booted machine on disk, ready to be cloned.
 *
 * @param key name: 16 hexadecimal digits, made of all that it depends on
 * @param directory its files
 * @param kernelRelease as {@code uname -r} prints it
 * @param accelerator {@code kvm} or {@code tcg}
 * @param memoryBytes memory of the machine
 * @param image digest of the manifest of the image that it is for: {@code sha256:…}; empty: any
 * @param createdAt when it was made
 * @param usedAt when a machine was last started from it
 * @param diskBytes what its files take on disk
 */
public record Template(
    String key,
    Path directory,
    String kernelRelease,
    String accelerator,
    int vcpus,
    long memoryBytes,
    Optional<String> image,
    Instant createdAt,
    Instant usedAt,
    long diskBytes) {}
