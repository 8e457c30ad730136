package dev.containertui.kernel;

import java.nio.file.Path;

/**
 * A guest kernel on this host.
 *
 * @param name for example {@code debian-6.1.0-56-cloud-amd64}
 * @param release as {@code uname -r} prints it in the guest
 * @param image uncompressed kernel image
 * @param modules directory with the modules that the initramfs takes along; may be empty of files
 *     if all is built in
 * @param source where it came from, one line
 * @param acpi whether it understands ACPI; a lean kernel has no need of it
 */
public record InstalledKernel(
    String name, String release, Path image, Path modules, String source, boolean acpi) {}
