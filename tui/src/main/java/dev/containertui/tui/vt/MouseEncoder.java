package dev.containertui.tui.vt;

import dev.containertui.tui.vt.Mouse.Action;
import dev.containertui.tui.vt.Mouse.Button;
import dev.containertui.tui.vt.MouseModes.Encoding;
import dev.containertui.tui.vt.MouseModes.Tracking;
import java.nio.charset.StandardCharsets;

/** What a terminal of the xterm family sends for the mouse (xterm, "Mouse Tracking"). */
public final class MouseEncoder {
  private static final byte[] NOTHING = {};
  private static final int RELEASED = 3;
  private static final int MOVED = 32;

  /** Rows that a step of the wheel moves a program that gets arrow keys for it. */
  private static final int WHEEL_ROWS = 3;

  private MouseEncoder() {}

  /**
   * The bytes to send; none if the guest did not ask for this or the position cannot be written.
   */
  public static byte[] encode(Mouse mouse, MouseModes modes) {
    if (mouse.column() < 0 || mouse.row() < 0) {
      return NOTHING;
    }
    if (modes.tracking() == Tracking.OFF) {
      return modes.wheelTypesArrows() ? arrows(mouse, modes) : NOTHING;
    }
    return isWanted(mouse, modes.tracking()) ? report(mouse, modes) : NOTHING;
  }

  private static boolean isWanted(Mouse mouse, Tracking tracking) {
    Button button = mouse.button();
    return switch (mouse.action()) {
      case PRESS -> tracking != Tracking.PRESSES || button.code <= Button.RIGHT.code;
      case RELEASE -> tracking != Tracking.PRESSES && !button.isWheel();
      case MOVE ->
          tracking == Tracking.MOVEMENT || tracking == Tracking.DRAGS && button != Button.NONE;
    };
  }

  private static byte[] report(Mouse mouse, MouseModes modes) {
    boolean release = mouse.action() == Action.RELEASE;
    int code = release && modes.encoding() != Encoding.SGR ? RELEASED : mouse.button().code;
    code += mouse.action() == Action.MOVE ? MOVED : 0;
    if (modes.tracking() != Tracking.PRESSES) {
      code += (mouse.shift() ? 4 : 0) + (mouse.alt() ? 8 : 0) + (mouse.ctrl() ? 16 : 0);
    }
    int x = mouse.column() + 1;
    int y = mouse.row() + 1;
    return switch (modes.encoding()) {
      case SGR -> text("\u001b[<" + code + ";" + x + ";" + y + (release ? "m" : "M"));
      case URXVT -> text("\u001b[" + (code + 32) + ";" + x + ";" + y + "M");
      case CLASSIC ->
          Math.max(x, y) > 255 - 32
              ? NOTHING
              : new byte[] {0x1b, '[', 'M', (byte) (code + 32), (byte) (x + 32), (byte) (y + 32)};
      case UTF8 ->
          Math.max(x, y) > 2047 - 32
              ? NOTHING
              : text("\u001b[M" + (char) (code + 32) + (char) (x + 32) + (char) (y + 32));
    };
  }

  private static byte[] arrows(Mouse mouse, MouseModes modes) {
    boolean up = mouse.button() == Button.WHEEL_UP;
    if (mouse.action() != Action.PRESS || !up && mouse.button() != Button.WHEEL_DOWN) {
      return NOTHING;
    }
    String arrow = (modes.applicationCursor() ? "\u001bO" : "\u001b[") + (up ? "A" : "B");
    return text(arrow.repeat(WHEEL_ROWS));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
