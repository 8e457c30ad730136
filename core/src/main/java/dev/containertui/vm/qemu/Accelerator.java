package dev.containertui.vm.qemu;

import java.util.List;
import java.util.Locale;

/** How QEMU executes a guest. */
enum Accelerator {
  /** The processor runs the guest; needs {@code /dev/kvm}. */
  KVM,
  /** QEMU translates the guest's code; works everywhere. */
  TCG;

  /** As QEMU and users call it. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<String> arguments() {
    return switch (this) {
      case KVM -> List.of("-accel", "kvm", "-cpu", "host");
      // Linux copies and clears memory by "fast strings" where a processor has them, and an
      // emulator
      // carries those out byte by byte. Without them it takes eight bytes at a time: pages of a
      // guest are cleared, and its files read, in a fourth of the time.
      case TCG -> List.of("-accel", "tcg", "-cpu", "max,erms=off,fsrm=off");
    };
  }
}
