package dev.containertui.vm.qemu;

import dev.containertui.vm.VmSpec;
import java.util.ArrayList;
import java.util.List;

/** What a guest's kernel is told (Documentation/admin-guide/kernel-parameters.txt of Linux). */
final class KernelCommandLine {
  private KernelCommandLine() {}

  /**
   * Arguments for a machine of this shape.
   *
   * @param tscKhz see {@link HostClock}; 0 with KVM, which has a clock of its own
   */
  static String of(Accelerator accelerator, long tscKhz, VmSpec.MachineShape shape) {
    // Not nolapic_timer, although it saves 0.1 s: with ACPI there is no other timer on a microvm,
    // and
    // the guest would sleep for ever.
    // reboot=t and panic=-1: a triple fault at once, which ends QEMU because of -no-reboot.
    var words = new ArrayList<>(List.of("console=ttyS0", "quiet", "reboot=t", "panic=-1"));
    if (accelerator == Accelerator.TCG) {
      words.add("tsc_early_khz=" + tscKhz);
      // All virtual processors read the host's time stamp counter. Without this word a guest with
      // two of them finds them out of step and falls back to a clock of 10 ms.
      words.add("tsc=reliable");
      if (shape.vcpus() == 1) {
        // Rewriting lock instructions costs an emulator its translations: 0.1 s of a boot.
        words.add("noreplace-smp");
      }
    }
    if (!shape.kernelArguments().isBlank()) {
      words.add(shape.kernelArguments().strip());
    }
    return String.join(" ", words);
  }
}
