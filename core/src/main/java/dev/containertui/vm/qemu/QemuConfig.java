package dev.containertui.vm.qemu;

import dev.containertui.vm.VmSpec;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a {@link QemuHypervisor} needs to know about this host.
 *
 * @param binary QEMU; empty: looked for on {@code searchPath}
 * @param searchPath directories separated by colons, as in {@code PATH}
 * @param cacheDirectory remembers which accelerator works; made when needed
 * @param kernel the kernel that guests usually boot; the accelerator is tried with it before the
 *     first machine starts. Empty if none is installed yet
 */
public record QemuConfig(
    Optional<Path> binary,
    String searchPath,
    Path cacheDirectory,
    Supplier<Optional<VmSpec.Kernel>> kernel) {}
