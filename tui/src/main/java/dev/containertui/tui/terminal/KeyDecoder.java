package dev.containertui.tui.terminal;

import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Key.Kind;
import dev.containertui.tui.vt.Mouse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Bytes from a terminal of the xterm family to keys. A lone ESC cannot be told from the start of a
 * sequence by itself: call {@link #pause} when nothing followed for a moment.
 */
public final class KeyDecoder {
  /** A longer paste is cut. */
  static final int MAX_PASTE_BYTES = 1 << 20;

  private static final int MAX_SEQUENCE = 64;
  private static final byte[] PASTE_END = "\u001b[201~".getBytes(StandardCharsets.US_ASCII);

  private final Consumer<Key> keys;
  private final Consumer<Mouse> mouse;
  private final StringBuilder sequence = new StringBuilder(); // from ESC on; empty: none open
  private final ByteArrayOutputStream character = new ByteArrayOutputStream(4);
  private int characterBytesLeft;
  private ByteArrayOutputStream paste;
  private int pasteEndMatched;

  public KeyDecoder(Consumer<Key> keys, Consumer<Mouse> mouse) {
    this.keys = keys;
    this.mouse = mouse;
  }

  /** Whether the bytes so far may be the start of something longer. */
  public boolean isOpen() {
    return !sequence.isEmpty();
  }

  public void accept(int b) {
    if (paste != null) {
      pasted(b);
    } else if (characterBytesLeft > 0) {
      continueCharacter(b);
    } else if (!sequence.isEmpty()) {
      continueSequence(b);
    } else if (b == 0x1b) {
      sequence.append((char) b);
    } else {
      startCharacter(b, false);
    }
  }

  /** Nothing came for a while: what is open is all there is. */
  public void pause() {
    String open = sequence.toString();
    sequence.setLength(0);
    if (open.equals("\u001b")) {
      keys.accept(Key.of(Kind.ESCAPE));
    } else if (open.length() == 2) {
      keys.accept(Key.character(open.charAt(1)).withAlt());
    }
  }

  // --- characters

  private boolean alt;

  private void startCharacter(int b, boolean withAlt) {
    alt = withAlt;
    if (b < 0x80) {
      emit(simple(b));
      return;
    }
    character.reset();
    character.write(b);
    characterBytesLeft = b >= 0xf0 ? 3 : b >= 0xe0 ? 2 : b >= 0xc0 ? 1 : 0;
    if (characterBytesLeft == 0) {
      emit(Key.character(0xfffd));
    }
  }

  private void continueCharacter(int b) {
    if ((b & 0xc0) != 0x80) {
      characterBytesLeft = 0;
      emit(Key.character(0xfffd));
      accept(b);
      return;
    }
    character.write(b);
    if (--characterBytesLeft == 0) {
      emit(Key.character(character.toString(StandardCharsets.UTF_8).codePointAt(0)));
    }
  }

  private void emit(Key key) {
    keys.accept(alt ? key.withAlt() : key);
    alt = false;
  }

  private static Key simple(int b) {
    return switch (b) {
      case '\r', '\n' -> Key.of(Kind.ENTER);
      case '\t' -> Key.of(Kind.TAB);
      case 0x7f -> Key.of(Kind.BACKSPACE);
      case 0x08 -> Key.of(Kind.BACKSPACE).with(true, false, false);
      case 0 -> Key.control(' ');
      default -> {
        if (b >= 0x20) {
          yield Key.character(b);
        }
        yield Key.control(b <= 0x1a ? b + 0x60 : b + 0x40);
      }
    };
  }

  // --- sequences

  private void continueSequence(int b) {
    if (sequence.length() == 1) {
      if (b == '[' || b == 'O') {
        sequence.append((char) b);
      } else if (b == 0x1b) {
        keys.accept(Key.of(Kind.ESCAPE)); // and the new one is open
      } else {
        sequence.setLength(0);
        startCharacter(b, true);
      }
      return;
    }
    if (b == 0x1b) {
      sequence.setLength(1);
      return;
    }
    if (sequence.charAt(1) == 'O') {
      sequence.setLength(0);
      function3(b);
      return;
    }
    if (b < 0x20 || b > 0x7e || sequence.length() >= MAX_SEQUENCE) {
      sequence.setLength(0);
      return;
    }
    sequence.append((char) b);
    // ESC [ [ A is what the Linux console sends for F1.
    if (b >= 0x40 && !(b == '[' && sequence.length() == 3)) {
      String body = sequence.substring(2, sequence.length() - 1);
      sequence.setLength(0);
      control(body, (char) b);
    }
  }

  /** SS3: cursor keys in application mode, F1 to F4, the keypad. */
  private void function3(int b) {
    if (b >= 'P' && b <= 'S') {
      keys.accept(Key.function(b - 'P' + 1));
    } else if (b == 'M') {
      keys.accept(Key.of(Kind.ENTER));
    } else {
      named(b, 1);
    }
  }

  private void control(String body, char last) {
    if (body.startsWith("[")) {
      keys.accept(Key.function(last - 'A' + 1));
      return;
    }
    if (body.startsWith("<") && (last == 'M' || last == 'm')) {
      MouseReport.parse(body.substring(1), last == 'M').ifPresent(mouse);
      return;
    }
    if (!body.isEmpty() && !Character.isDigit(body.charAt(0))) {
      return; // other reports
    }
    String[] numbers = body.split(";", -1);
    int modifier = numbers.length > 1 ? number(numbers[1], 1) : 1;
    if (last == '~') {
      tilde(number(numbers[0], 0), modifier);
    } else if (last == 'Z') {
      keys.accept(Key.of(Kind.TAB).with(false, false, true));
    } else if (last >= 'P' && last <= 'S' && last != 'R') {
      keys.accept(modified(Key.function(last - 'P' + 1), modifier));
    } else {
      named(last, modifier);
    }
  }

  private void named(int last, int modifier) {
    Kind kind =
        switch (last) {
          case 'A' -> Kind.UP;
          case 'B' -> Kind.DOWN;
          case 'C' -> Kind.RIGHT;
          case 'D' -> Kind.LEFT;
          case 'H' -> Kind.HOME;
          case 'F' -> Kind.END;
          default -> null;
        };
    if (kind != null) {
      keys.accept(modified(Key.of(kind), modifier));
    }
  }

  private void tilde(int number, int modifier) {
    Key key =
        switch (number) {
          case 1, 7 -> Key.of(Kind.HOME);
          case 2 -> Key.of(Kind.INSERT);
          case 3 -> Key.of(Kind.DELETE);
          case 4, 8 -> Key.of(Kind.END);
          case 5 -> Key.of(Kind.PAGE_UP);
          case 6 -> Key.of(Kind.PAGE_DOWN);
          case 11, 12, 13, 14, 15 -> Key.function(number - 10);
          case 17, 18, 19, 20, 21 -> Key.function(number - 11);
          case 23, 24 -> Key.function(number - 12);
          default -> null;
        };
    if (key != null) {
      keys.accept(modified(key, modifier));
    } else if (number == 200) {
      paste = new ByteArrayOutputStream();
      pasteEndMatched = 0;
    }
  }

  private static Key modified(Key key, int modifier) {
    int bits = modifier - 1;
    return key.with((bits & 4) != 0, (bits & 2) != 0, (bits & 1) != 0);
  }

  private static int number(String text, int fallback) {
    try {
      return text.isEmpty() ? fallback : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return fallback;
    }
  }

  // --- paste

  private void pasted(int b) {
    if (b == PASTE_END[pasteEndMatched]) {
      if (++pasteEndMatched == PASTE_END.length) {
        String text = paste.toString(StandardCharsets.UTF_8);
        paste = null;
        keys.accept(Key.paste(text));
      }
      return;
    }
    int matched = pasteEndMatched;
    pasteEndMatched = 0;
    int room = Math.max(0, MAX_PASTE_BYTES - paste.size());
    paste.write(PASTE_END, 0, Math.min(matched, room));
    if (b == 0x1b) {
      pasteEndMatched = 1;
    } else if (room > matched) {
      paste.write(b);
    }
  }
}
