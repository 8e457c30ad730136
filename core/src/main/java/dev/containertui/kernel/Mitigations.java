package dev.containertui.kernel;

/** Whether a guest kernel defends itself against the flaws of speculating CPUs. */
public enum Mitigations {
  ON,
  OFF,
  /**
   * On if machines run on the CPU itself, off if they are emulated: an emulator has no such flaws.
   */
  AUTO
}
