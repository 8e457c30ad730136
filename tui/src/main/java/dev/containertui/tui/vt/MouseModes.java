package dev.containertui.tui.vt;

import java.util.Arrays;

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
    OFF(0),
    /** Presses of three buttons. */
    PRESSES(9),
    /** Presses and releases, the wheel. */
    BUTTONS(1000),
    /** Movement too, while a button is down. */
    DRAGS(1002),
    /** All movement. */
    MOVEMENT(1003);

    /** The DEC private mode that switches it on; 0: none. */
    public final int mode;

    Tracking(int mode) {
      this.mode = mode;
    }

    static Tracking of(int mode) {
      return Arrays.stream(values()).filter(t -> t.mode == mode).findFirst().orElse(OFF);
    }
  }

  /** How positions are written. */
  public enum Encoding {
    /** One byte each: up to column and row 223. */
    CLASSIC(0),
    /** As a character of UTF-8, up to 2015. */
    UTF8(1005),
    /** Decimal, releases tell their button. */
    SGR(1006),
    /** Decimal. */
    URXVT(1015);

    /** The DEC private mode that switches it on; 0: none. */
    public final int mode;

    Encoding(int mode) {
      this.mode = mode;
    }

    static Encoding of(int mode) {
      return Arrays.stream(values()).filter(e -> e.mode == mode).findFirst().orElse(CLASSIC);
    }
  }
}
