package dev.containertui.tui.widget;

import dev.containertui.tui.vt.CharWidth;
import dev.containertui.tui.vt.Key;
import java.util.Optional;

/**
 * One line of text being typed.
 *
 * @param cursor index into {@code text}, never within a character
 */
public record TextLine(String text, int cursor) {
  public static final TextLine EMPTY = new TextLine("", 0);

  private static final int MAX_LENGTH = 4096;

  /** The text with the cursor at its end. */
  public static TextLine of(String text) {
    return new TextLine(text, text.length());
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** The line after a key; empty if the key is none of an editor's. */
  public Optional<TextLine> edit(Key key) {
    return switch (key.kind()) {
      case CHARACTER ->
          key.ctrl()
              ? control(key.codePoint())
              : key.alt()
                  ? Optional.empty()
                  : Optional.of(insert(Character.toString(key.codePoint())));
      case PASTE -> Optional.of(insert(key.text().lines().findFirst().orElse("")));
      case BACKSPACE -> Optional.of(without(before(cursor), cursor));
      case DELETE -> Optional.of(without(cursor, after(cursor)));
      case LEFT -> Optional.of(new TextLine(text, before(cursor)));
      case RIGHT -> Optional.of(new TextLine(text, after(cursor)));
      case HOME -> Optional.of(new TextLine(text, 0));
      case END -> Optional.of(of(text));
      default -> Optional.empty();
    };
  }

  private Optional<TextLine> control(int c) {
    return switch (c) {
      case 'a' -> Optional.of(new TextLine(text, 0));
      case 'e' -> Optional.of(of(text));
      case 'k' -> Optional.of(without(cursor, text.length()));
      case 'u' -> Optional.of(without(0, cursor));
      case 'w' -> {
        int from = cursor;
        while (from > 0 && text.charAt(from - 1) == ' ') {
          from--;
        }
        while (from > 0 && text.charAt(from - 1) != ' ') {
          from--;
        }
        yield Optional.of(without(from, cursor));
      }
      default -> Optional.empty();
    };
  }

  private TextLine without(int from, int to) {
    return new TextLine(text.substring(0, from) + text.substring(to), from);
  }

  /** Inserts what can be shown of {@code typed}. */
  public TextLine insert(String typed) {
    StringBuilder printable = new StringBuilder();
    typed
        .codePoints()
        .filter(c -> !Character.isISOControl(c) && CharWidth.of(c) > 0)
        .forEach(printable::appendCodePoint);
    if (text.length() + printable.length() > MAX_LENGTH) {
      return this;
    }
    return new TextLine(
        text.substring(0, cursor) + printable + text.substring(cursor),
        cursor + printable.length());
  }

  private int before(int index) {
    return index == 0 ? 0 : text.offsetByCodePoints(index, -1);
  }

  private int after(int index) {
    return index == text.length() ? index : text.offsetByCodePoints(index, 1);
  }
}
