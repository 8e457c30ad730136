package dev.containertui.tui.console;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds Ctrl-], and Ctrl-P Ctrl-Q, in the bytes that a terminal sends for keys: as the controls
 * that they are, and as a guest has the terminal send them with kitty's keyboard protocol ({@code
 * CSI 93;5u}, sw.kovidgoyal.net/kitty/keyboard-protocol) or xterm's modifyOtherKeys ({@code CSI
 * 27;5;93~}). All else is passed on.
 */
final class DetachKeys {
  private static final int ESC = 0x1b;

  /** A sequence that was begun in one read and is longer than this is no key. */
  private static final int MAX_SEQUENCE = 64;

  /** Ctrl-P waits for the next key, but not for ever more of what is none. */
  private static final int MAX_HELD = 256;

  private enum Key {
    DETACH,
    CTRL_P,
    CTRL_Q,
    /** A key that is let go of, or that alone does nothing: it is not the next key. */
    NONE,
    OTHER
  }

  private final ByteArrayOutputStream held = new ByteArrayOutputStream(); // from Ctrl-P on
  private byte[] begun = {}; // a sequence whose end was not there yet
  private boolean found;

  /** Whether the keyboard is to be taken back; what came after that is dropped. */
  boolean found() {
    return found;
  }

  /** What of these keys the guest gets now. */
  byte[] pass(byte[] read, int length) {
    byte[] keys = Arrays.copyOf(begun, begun.length + length);
    System.arraycopy(read, 0, keys, begun.length, length);
    begun = new byte[0];
    ByteArrayOutputStream out = new ByteArrayOutputStream(keys.length + held.size());
    int i = 0;
    while (i < keys.length && !found) {
      int end = end(keys, i);
      if (end < 0) {
        begun = Arrays.copyOfRange(keys, i, keys.length);
        break;
      }
      take(key(keys, i, end), keys, i, end, out);
      i = end;
    }
    return out.toByteArray();
  }

  private void take(Key key, byte[] keys, int from, int to, ByteArrayOutputStream out) {
    boolean waits = held.size() > 0;
    if (key == Key.DETACH || waits && key == Key.CTRL_Q) {
      found = true;
      return;
    }
    boolean stays = waits && key == Key.NONE && held.size() < MAX_HELD;
    if (waits && !stays) {
      out.writeBytes(held.toByteArray());
      held.reset();
    }
    (stays || key == Key.CTRL_P ? held : out).write(keys, from, to - from);
  }

  /**
   * Where the key that begins at {@code from} ends; -1 if that is to come. An ESC, or an ESC [,
   * that nothing follows is a key: only a sequence with a digit is waited for.
   */
  private static int end(byte[] keys, int from) {
    if (keys[from] != ESC || from + 2 >= keys.length || keys[from + 1] != '[') {
      return from + 1;
    }
    int i = from + 2;
    while (i < keys.length && keys[i] >= 0x20 && keys[i] < 0x40) {
      i++;
    }
    if (i == keys.length) {
      return i - from > MAX_SEQUENCE || i == from + 2 ? i : -1;
    }
    return i + 1;
  }

  private static Key key(byte[] keys, int from, int to) {
    if (to - from == 1) {
      return control(keys[from]);
    }
    // code : shifted : base ; modifiers : event ; text
    String[] fields =
        new String(keys, from + 2, to - from - 3, StandardCharsets.ISO_8859_1).split(";", -1);
    int last = keys[to - 1];
    if (last == 'u' && fields.length >= 1) {
      int code = number(fields[0], 0);
      boolean modifier = code >= 57_358 && code <= 57_360 || code >= 57_441 && code <= 57_454;
      if (modifier || fields.length > 1 && number(fields[1], 1) == 3) {
        return Key.NONE;
      }
      return fields.length > 1 ? controlled(code, number(fields[1], 0)) : Key.OTHER;
    }
    if (last == '~' && fields.length == 3 && number(fields[0], 0) == 27) {
      return controlled(number(fields[2], 0), number(fields[1], 0));
    }
    return Key.OTHER;
  }

  private static Key control(int c) {
    return switch (c) {
      case ']' & 0x1f -> Key.DETACH;
      case 'P' & 0x1f -> Key.CTRL_P;
      case 'Q' & 0x1f -> Key.CTRL_Q;
      default -> Key.OTHER;
    };
  }

  /**
   * @param modifiers one more than the sum of Shift 1, Alt 2, Ctrl 4, Caps Lock 64, Num Lock 128, …
   */
  private static Key controlled(int code, int modifiers) {
    boolean controlOnly = modifiers > 0 && (modifiers - 1 & ~(64 | 128)) == 4;
    boolean plain = code == ']' || code == 'p' || code == 'q';
    return controlOnly && plain ? control(code & 0x1f) : Key.OTHER;
  }

  /** The number at {@code index} of some that are separated by colons; -1 if there is none. */
  private static int number(String field, int index) {
    String[] numbers = field.split(":", -1);
    if (index >= numbers.length || !numbers[index].matches("[0-9]{1,6}")) {
      return -1;
    }
    return Integer.parseInt(numbers[index]);
  }
}
