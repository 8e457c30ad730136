package dev.containertui.tui.vt;

import java.nio.charset.StandardCharsets;

/** What a terminal of the xterm family sends for a key (xterm, "Control Sequences", PC-style). */
public final class KeyEncoder {
  /** {@code CSI n ~} of F5 to F20; the VT220 left gaps between its groups of keys. */
  private static final int[] FUNCTION_NUMBERS = {
    15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34
  };

  private KeyEncoder() {}

  /** What tells a program that asked for it (mode 1004) that its terminal is looked at, or not. */
  public static byte[] focus(boolean gained) {
    return (gained ? "\u001b[I" : "\u001b[O").getBytes(StandardCharsets.US_ASCII);
  }

  public static byte[] encode(Key key, KeyModes modes) {
    return sequence(key, modes).getBytes(StandardCharsets.UTF_8);
  }

  private static String sequence(Key key, KeyModes modes) {
    String alt = key.alt() ? "\u001b" : "";
    return switch (key.kind()) {
      case CHARACTER -> alt + (key.ctrl() ? control(key.codePoint()) : glyph(key.codePoint()));
      case ENTER -> alt + (modes.newLine() ? "\r\n" : "\r");
      case ESCAPE -> alt + "\u001b";
      case TAB -> key.shift() ? "\u001b[Z" : alt + "\t";
      case BACKSPACE -> alt + (key.ctrl() ? "\b" : "\u007f");
      case UP -> cursor('A', key, modes);
      case DOWN -> cursor('B', key, modes);
      case RIGHT -> cursor('C', key, modes);
      case LEFT -> cursor('D', key, modes);
      case HOME -> cursor('H', key, modes);
      case END -> cursor('F', key, modes);
      case INSERT -> tilde(2, key);
      case DELETE -> tilde(3, key);
      case PAGE_UP -> tilde(5, key);
      case PAGE_DOWN -> tilde(6, key);
      case FUNCTION -> function(key);
      case KEYPAD -> alt + keypad(key.codePoint(), modes);
      case PASTE -> paste(key.text(), modes);
    };
  }

  private static String glyph(int codePoint) {
    return Character.toString(codePoint);
  }

  private static String control(int c) {
    return switch (c) {
      case ' ', '2', '@' -> "\0";
      case '3' -> "\u001b";
      case '4' -> "\u001c";
      case '5' -> "\u001d";
      case '6', '~' -> "\u001e";
      case '7', '/' -> "\u001f";
      case '8', '?' -> "\u007f";
      default -> c >= '@' && c < 0x7f ? Character.toString(c & 0x1f) : glyph(c);
    };
  }

  /** 1 plus shift 1, alt 2, ctrl 4. */
  private static int modifier(Key key) {
    return 1 + (key.shift() ? 1 : 0) + (key.alt() ? 2 : 0) + (key.ctrl() ? 4 : 0);
  }

  private static String cursor(char last, Key key, KeyModes modes) {
    int modifier = modifier(key);
    if (modifier > 1) {
      return "\u001b[1;" + modifier + last;
    }
    return (modes.applicationCursor() ? "\u001bO" : "\u001b[") + last;
  }

  private static String tilde(int number, Key key) {
    int modifier = modifier(key);
    return "\u001b[" + number + (modifier > 1 ? ";" + modifier : "") + "~";
  }

  private static String function(Key key) {
    int n = key.codePoint();
    if (n >= 1 && n <= 4) {
      char last = (char) ('P' + n - 1);
      int modifier = modifier(key);
      return modifier > 1 ? "\u001b[1;" + modifier + last : "\u001bO" + last;
    }
    return n >= 5 && n <= 20 ? tilde(FUNCTION_NUMBERS[n - 5], key) : "";
  }

  /** DECKPAM: {@code ESC O} and a letter, the character 64 places on; else the character itself. */
  private static String keypad(int c, KeyModes modes) {
    if (!modes.applicationKeypad()) {
      return c == '\r' && modes.newLine() ? "\r\n" : glyph(c);
    }
    boolean known = c >= '*' && c <= '9' || c == '=' || c == '\r';
    return known ? "\u001bO" + (char) (c == '=' ? 'X' : c + 64) : glyph(c);
  }

  /** Pasted text cannot end its own brackets nor press keys: controls are taken out. */
  private static String paste(String text, KeyModes modes) {
    StringBuilder typed = new StringBuilder();
    text.replace("\r\n", "\r")
        .replace('\n', '\r')
        .codePoints()
        .filter(c -> c == '\t' || c == '\r' || !Character.isISOControl(c))
        .forEach(typed::appendCodePoint);
    return modes.bracketedPaste() ? "\u001b[200~" + typed + "\u001b[201~" : typed.toString();
  }
}
