package dev.containertui.tui.vt;

/**
 * A key that was pressed, or a text that was pasted.
 *
 * @param kind which key
 * @param codePoint the character of a CHARACTER (for Ctrl-A: {@code a}) or of a KEYPAD key (digits,
 *     {@code + - * / , . =}, and {@code \r} for Enter), the number of a FUNCTION key, else 0
 * @param text what was pasted, for PASTE, else empty
 */
public record Key(Kind kind, int codePoint, boolean ctrl, boolean alt, boolean shift, String text) {
  public enum Kind {
    CHARACTER,
    ENTER,
    ESCAPE,
    TAB,
    BACKSPACE,
    DELETE,
    INSERT,
    UP,
    DOWN,
    LEFT,
    RIGHT,
    HOME,
    END,
    PAGE_UP,
    PAGE_DOWN,
    FUNCTION,
    KEYPAD,
    PASTE
  }

  public static Key of(Kind kind) {
    return new Key(kind, 0, false, false, false, "");
  }

  public static Key character(int codePoint) {
    return new Key(Kind.CHARACTER, codePoint, false, false, false, "");
  }

  public static Key control(int codePoint) {
    return new Key(Kind.CHARACTER, codePoint, true, false, false, "");
  }

  public static Key function(int number) {
    return new Key(Kind.FUNCTION, number, false, false, false, "");
  }

  public static Key paste(String text) {
    return new Key(Kind.PASTE, 0, false, false, false, text);
  }

  public Key with(boolean ctrl, boolean alt, boolean shift) {
    return new Key(kind, codePoint, ctrl, alt, shift, text);
  }

  public Key withAlt() {
    return with(ctrl, true, shift);
  }

  /** Whether this is the plain character {@code c}. */
  public boolean is(int c) {
    return kind == Kind.CHARACTER && codePoint == c && !ctrl && !alt;
  }

  /** Whether this is the control key of {@code c}, for example {@code ']'} for Ctrl-]. */
  public boolean isControl(int c) {
    return kind == Kind.CHARACTER && codePoint == c && ctrl && !alt;
  }

  public boolean is(Kind other) {
    return kind == other;
  }
}
