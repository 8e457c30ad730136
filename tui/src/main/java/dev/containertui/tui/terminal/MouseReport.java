package dev.containertui.tui.terminal;

import dev.containertui.tui.vt.Mouse;
import dev.containertui.tui.vt.Mouse.Action;
import dev.containertui.tui.vt.Mouse.Button;
import java.util.Optional;

/** Reads what terminals send for the mouse in SGR mode (xterm's ctlseqs, "SGR (1006)"). */
final class MouseReport {
  private static final int SHIFT = 4;
  private static final int ALT = 8;
  private static final int CTRL = 16;
  private static final int MOTION = 32;
  private static final int WHEEL = 64;

  private MouseReport() {}

  /**
   * @param body {@code button;column;row}, the last two from 1
   * @param pressed whether the report ends with M, else with m
   */
  static Optional<Mouse> parse(String body, boolean pressed) {
    String[] parts = body.split(";", -1);
    try {
      if (parts.length != 3) {
        return Optional.empty();
      }
      int code = Integer.parseInt(parts[0]);
      int column = Integer.parseInt(parts[1]) - 1;
      int row = Integer.parseInt(parts[2]) - 1;
      Optional<Button> button = button(code & ~(SHIFT | ALT | CTRL | MOTION));
      if (column < 0 || row < 0 || button.isEmpty()) {
        return Optional.empty();
      }
      Action action = (code & MOTION) != 0 ? Action.MOVE : pressed ? Action.PRESS : Action.RELEASE;
      return Optional.of(
          new Mouse(
              action,
              button.get(),
              column,
              row,
              (code & CTRL) != 0,
              (code & ALT) != 0,
              (code & SHIFT) != 0));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Button> button(int code) {
    return Optional.ofNullable(
        switch (code) {
          case 0 -> Button.LEFT;
          case 1 -> Button.MIDDLE;
          case 2 -> Button.RIGHT;
          case 3 -> Button.NONE;
          case WHEEL -> Button.WHEEL_UP;
          case WHEEL + 1 -> Button.WHEEL_DOWN;
          case WHEEL + 2 -> Button.WHEEL_LEFT;
          case WHEEL + 3 -> Button.WHEEL_RIGHT;
          case 128 -> Button.BACKWARD;
          case 129 -> Button.FORWARD;
          default -> null;
        });
  }
}
