package dev.containertui.kernel;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.nio.charset.StandardCharsets;

/**
 * A kernel image that QEMU can start directly: an uncompressed x86-64 ELF file with a PVH entry
 * point.
 *
 * @param release as {@code uname -r} prints it; {@code unknown} if the image does not tell
 * @param acpi whether it understands ACPI, as nearly all do; an image that does not tell counts as
 *     one that does
 */
record GuestKernelImage(String release, byte[] vmlinux, boolean acpi) {
  /** XEN_ELFNOTE_PHYS32_ENTRY (xen/include/public/elfnote.h): the PVH entry point. */
  private static final int PVH_ENTRY_NOTE = 18;

  private static final byte[] BANNER = "Linux version ".getBytes(StandardCharsets.US_ASCII);

  /**
   * Accepts a bzImage or a vmlinux.
   *
   * @param name for messages
   * @throws EngineException CORRUPT if it is neither, INVALID if it is for another machine or has
   *     no PVH entry
   */
  static GuestKernelImage of(String name, byte[] file) {
    byte[] vmlinux;
    String release = "";
    if (BzImage.matches(file)) {
      BzImage image = BzImage.parse(file);
      vmlinux = image.vmlinux();
      release = image.release();
    } else if (ElfFile.matches(file)) {
      vmlinux = file;
    } else {
      throw new EngineException(
          Kind.CORRUPT,
          name + " is not a Linux kernel image (neither bzImage nor ELF)",
          "name a vmlinuz or vmlinux file");
    }
    ElfFile elf = ElfFile.parse(vmlinux);
    if (elf.machine() != ElfFile.MACHINE_X86_64) {
      throw new EngineException(Kind.INVALID, name + " is not a kernel for x86-64");
    }
    if (!elf.hasNote("Xen", PVH_ENTRY_NOTE)) {
      throw new EngineException(
          Kind.INVALID, name + " has no PVH entry point", "build the kernel with CONFIG_PVH=y");
    }
    return new GuestKernelImage(
        release.isEmpty() ? releaseIn(vmlinux) : release,
        vmlinux,
        EmbeddedConfig.in(vmlinux).map(config -> config.isSet("CONFIG_ACPI")).orElse(true));
  }

  /** Finds the banner that Linux prints first. */
  private static String releaseIn(byte[] vmlinux) {
    for (int i = 0; i < vmlinux.length - BANNER.length; i++) {
      if (vmlinux[i] == 'L' && startsAt(vmlinux, i)) {
        int start = i + BANNER.length;
        int end = start;
        while (end < vmlinux.length && end - start < 128 && vmlinux[end] > ' ') {
          end++;
        }
        String release = new String(vmlinux, start, end - start, StandardCharsets.US_ASCII);
        // The format string of the banner ("%s") comes first in some kernels.
        if (release.matches("\\d[A-Za-z0-9.+~_-]*")) {
          return release;
        }
      }
    }
    return "unknown";
  }

  private static boolean startsAt(byte[] bytes, int offset) {
    for (int i = 0; i < BANNER.length; i++) {
      if (bytes[offset + i] != BANNER[i]) {
        return false;
      }
    }
    return true;
  }
}
