package dev.containertui.tui.app;

import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Key.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One key with its modifiers, as people write it: {@code s}, {@code K}, {@code ctrl-d}, {@code
 * shift-tab}, {@code f1}, {@code pgup}, {@code space}.
 *
 * @param codePoint of a CHARACTER, the number of a FUNCTION key, else 0
 * @param shift only for keys that are no characters: a capital letter is a character of its own
 */
public record Chord(Kind kind, int codePoint, boolean ctrl, boolean alt, boolean shift) {
  private static final Map<String, Kind> NAMED =
      Map.ofEntries(
          Map.entry("enter", Kind.ENTER),
          Map.entry("esc", Kind.ESCAPE),
          Map.entry("tab", Kind.TAB),
          Map.entry("backspace", Kind.BACKSPACE),
          Map.entry("del", Kind.DELETE),
          Map.entry("ins", Kind.INSERT),
          Map.entry("up", Kind.UP),
          Map.entry("down", Kind.DOWN),
          Map.entry("left", Kind.LEFT),
          Map.entry("right", Kind.RIGHT),
          Map.entry("home", Kind.HOME),
          Map.entry("end", Kind.END),
          Map.entry("pgup", Kind.PAGE_UP),
          Map.entry("pgdn", Kind.PAGE_DOWN));

  public static Chord of(Key key) {
    boolean character = key.kind() == Kind.CHARACTER;
    return new Chord(key.kind(), key.codePoint(), key.ctrl(), key.alt(), !character && key.shift());
  }

  /**
   * Reads a chord as it is written.
   *
   * @throws IllegalArgumentException with a message for the user if it is none
   */
  public static Chord parse(String text) {
    String rest = text;
    boolean ctrl = false;
    boolean alt = false;
    boolean shift = false;
    for (boolean more = true; more; ) {
      String lower = rest.toLowerCase(Locale.ROOT);
      if (lower.startsWith("ctrl-") && rest.length() > 5) {
        ctrl = true;
        rest = rest.substring(5);
      } else if (lower.startsWith("alt-") && rest.length() > 4) {
        alt = true;
        rest = rest.substring(4);
      } else if (lower.startsWith("shift-") && rest.length() > 6) {
        shift = true;
        rest = rest.substring(6);
      } else {
        more = false;
      }
    }
    String name = rest.toLowerCase(Locale.ROOT);
    if (rest.codePointCount(0, rest.length()) == 1) {
      int character = ctrl ? name.codePointAt(0) : rest.codePointAt(0);
      if (shift) {
        throw new IllegalArgumentException(
            "\"" + text + "\": write the capital letter instead of shift-");
      }
      return new Chord(Kind.CHARACTER, character, ctrl, alt, false);
    }
    if (name.equals("space")) {
      return new Chord(Kind.CHARACTER, ' ', ctrl, alt, false);
    }
    if (NAMED.containsKey(name)) {
      return new Chord(NAMED.get(name), 0, ctrl, alt, shift);
    }
    if (name.matches("f([1-9]|1[0-2])")) {
      return new Chord(Kind.FUNCTION, Integer.parseInt(name.substring(1)), ctrl, alt, shift);
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" is no key; write for example s, K, ctrl-d, alt-x, f5, pgup, space");
  }

  /** The chord as {@link #parse} reads it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (ctrl) {
      text.append("ctrl-");
    }
    if (alt) {
      text.append("alt-");
    }
    if (shift) {
      text.append("shift-");
    }
    return text.append(base()).toString();
  }

  private String base() {
    return switch (kind) {
      case CHARACTER, KEYPAD -> codePoint == ' ' ? "space" : Character.toString(codePoint);
      case FUNCTION -> "f" + codePoint;
      case PASTE -> "paste";
      default -> {
        Optional<String> name =
            NAMED.entrySet().stream()
                .filter(e -> e.getValue() == kind)
                .map(Map.Entry::getKey)
                .findFirst();
        yield name.orElse(kind.name().toLowerCase(Locale.ROOT));
      }
    };
  }
}
