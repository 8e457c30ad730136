package dev.containertui.tui.vt;

/**
 * Something that the mouse did over a terminal.
 *
 * @param button what was pressed or released, or is held while the mouse moves; NONE for movement
 *     without a button
 * @param column from 0
 * @param row from 0
 */
public record Mouse(
    Action action, Button button, int column, int row, boolean ctrl, boolean alt, boolean shift) {
  public enum Action {
    PRESS,
    RELEASE,
    MOVE
  }

  /** The buttons; those of the wheel are only ever pressed. */
  public enum Button {
    LEFT(0),
    MIDDLE(1),
    RIGHT(2),
    NONE(3),
    WHEEL_UP(64),
    WHEEL_DOWN(65),
    WHEEL_LEFT(66),
    WHEEL_RIGHT(67),
    BACKWARD(128),
    FORWARD(129);

    /** The button's number in reports. */
    final int code;

    Button(int code) {
      this.code = code;
    }

    boolean isWheel() {
      return code >= 64 && code < 128;
    }
  }

  public static Mouse of(Action action, Button button, int column, int row) {
    return new Mouse(action, button, column, row, false, false, false);
  }
}
