package dev.containertui.vm.qemu;

import dev.containertui.vm.VmSpec;
import java.util.ArrayList;
import java.util.List;

/** What a guest's kernel is told (Documentation/admin-guide/kernel-parameters.txt of Linux). */
final class KernelCommandLine {
  private KernelCommandLine() {}

  /**
   * Arguments for a machine.
   *
   * @param kept whether the machine is to be a template, so that this boot is one of many starts
   * @param more words that are appended; may be empty
   */
  static String of(
      Acceleration acceleration, VmSpec.Kernel kernel, int vcpus, boolean kept, String more) {
    // reboot=t and panic=-1: a triple fault at once, which ends QEMU because of -no-reboot.
    var words = new ArrayList<>(List.of("console=ttyS0", "quiet", "reboot=t", "panic=-1"));
    // Linux examines its ciphers at each boot, which is a sixth of a boot under emulation.
    words.add("cryptomgr.notests");
    // Instead of a virtio-rng device, whose driver costs more than this word.
    words.add("random.trust_cpu=on");
    if (acceleration.accelerator() == Accelerator.TCG) {
      words.add("tsc_early_khz=" + acceleration.tscKhz());
      // All virtual processors read the host's time stamp counter. Without this word a guest with
      // two of them finds them out of step and falls back to a clock of 10 ms.
      words.add("tsc=reliable");
      // An emulator does not speculate, and translates all that a kernel does against it.
      words.add("mitigations=off");
      if (vcpus == 1) {
        // Rewriting lock instructions costs an emulator its translations: 0.1 s of a boot.
        words.add("noreplace-smp");
      }
    }
    if (acceleration.accelerator() == Accelerator.TCG && !kernel.acpi()) {
      if (!kept) {
        // Measuring the local APIC's timer waits for a quarter of a second. A template's clones get
        // more from it: the other timer reaches no further than 27 ms, and wakes an idle machine
        // after each. Not with ACPI: a microvm has no other timer then, and would sleep for ever.
        words.add("nolapic_timer");
      }
      words.add("no_timer_check");
    }
    if (!more.isBlank()) {
      words.add(more.strip());
    }
    return String.join(" ", words);
  }
}
