package dev.containertui.vm.qemu;

/**
 * How a machine is executed.
 *
 * @param tscKhz with TCG: the guest's clock, see {@link HostClock}; with KVM: 0
 */
record Acceleration(Accelerator accelerator, long tscKhz) {
  static Acceleration kvm() {
    return new Acceleration(Accelerator.KVM, 0);
  }

  static Acceleration tcg(long tscKhz) {
    return new Acceleration(Accelerator.TCG, tscKhz);
  }
}
