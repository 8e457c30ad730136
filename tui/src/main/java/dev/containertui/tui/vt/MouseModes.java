package dev.containertui.tui.vt;

/**
 * What the guest wants to hear of the mouse, and how (xterm, "Mouse Tracking").
 *
 * @param wheelTypesArrows the mouse is not reported, and the wheel stands for the arrow keys
 * @param applicationCursor how the arrow keys are sent then
 */
public record MouseModes(
    Tracking tracking, Encoding encoding, boolean wheelTypesArrows, boolean applicationCursor) {
  /** Which events. */
  public enum Tracking {
    OFF,
    /** Mode 9: presses of three buttons. */
    PRESSES,
    /** Mode 1000: presses and releases, the wheel. */
    BUTTONS,
    /** Mode 1002: movement too, while a button is down. */
    DRAGS,
    /** Mode 1003: all movement. */
    MOVEMENT;

    static Tracking of(int mode) {
      return switch (mode) {
        case 9 -> PRESSES;
        case 1000 -> BUTTONS;
        case 1002 -> DRAGS;
        case 1003 -> MOVEMENT;
        default -> OFF;
      };
    }
  }

  /** How positions are written. */
  public enum Encoding {
    /** One byte each: up to column and row 223. */
    CLASSIC,
    /** Mode 1005: as a character of UTF-8, up to 2015. */
    UTF8,
    /** Mode 1006: decimal, releases tell their button. */
    SGR,
    /** Mode 1015: decimal. */
    URXVT;

    static Encoding of(int mode) {
      return switch (mode) {
        case 1005 -> UTF8;
        case 1006 -> SGR;
        case 1015 -> URXVT;
        default -> CLASSIC;
      };
    }
  }
}
