package dev.containertui.view;

/**
 * Makes text that comes from images and guests harmless to a terminal: a container must not be able
 * to move the cursor, change the title or answer for the user.
 */
public final class SafeText {
  private SafeText() {}

  /** Several lines: keeps line ends and tabs, shows other control characters as {@code \xNN}. */
  public static String block(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .codePoints()
        .forEach(
            c -> {
              if (c == '\n' || c == '\t' || !Character.isISOControl(c)) {
                safe.appendCodePoint(c);
              } else {
                safe.append("\\x%02x".formatted(c));
              }
            });
    return safe.toString();
  }

  /** One line: line ends and tabs become visible too. */
  public static String line(String text) {
    return block(text).replace("\n", "\\n").replace("\t", "\\t");
  }

  /** Cells that text takes on a terminal. */
  public static int width(String text) {
    return text.codePoints().map(SafeText::cells).sum();
  }

  private static int cells(int c) {
    if (c < 0x300) {
      return 1;
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(c) ? 2 : 1;
    };
  }

  private static boolean isWide(int c) {
    boolean fullwidth = c >= 0xff01 && c <= 0xff60 || c >= 0xffe0 && c <= 0xffe6;
    boolean punctuation = c >= 0x3001 && c <= 0x303e;
    return Character.isIdeographic(c)
        || fullwidth
        || punctuation
        || Character.isEmojiPresentation(c)
        || switch (Character.UnicodeScript.of(c)) {
          case HIRAGANA, KATAKANA, BOPOMOFO, HANGUL -> c < 0xff61 || c > 0xffdc;
          default -> false;
        };
  }

  /** Cuts text to at most {@code width} cells, {@code mark} included if something was cut off. */
  public static String clip(String text, int width, String mark) {
    if (width(text) <= width) {
      return text;
    }
    int room = Math.max(0, width - width(mark));
    StringBuilder kept = new StringBuilder();
    int used = 0;
    for (int c : text.codePoints().toArray()) {
      used += cells(c);
      if (used > room) {
        break;
      }
      kept.appendCodePoint(c);
    }
    return kept.append(mark).toString();
  }
}
