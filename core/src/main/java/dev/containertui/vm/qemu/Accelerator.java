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
      // Without "fast strings" Linux copies and clears eight bytes at a time. With them it does so
      // by
      // instructions that an emulator carries out byte by byte: pages of a guest are cleared, and
      // its
      // files are read, in four to five times the time.
      case TCG -> List.of("-accel", "tcg", "-cpu", "max,erms=off,fsrm=off");
    };
  }
}
