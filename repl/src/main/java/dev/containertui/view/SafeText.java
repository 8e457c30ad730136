package dev.containertui.view;

/**
 * Makes text that comes from images and guests harmless to a terminal: a container must not be able
 * to move the cursor, change the title, answer for the user, or have its name read in another order
 * than it is written.
 */
public final class SafeText {
  private SafeText() {}

  /**
   * Whether a character steers a terminal or the text around it and is not seen itself: controls;
   * marks that reverse the order of what follows (Unicode Technical Report 36, 2.5), zero-width
   * spaces and joiners of words, tags, and separators of lines. What forms characters, as the
   * joiner of emoji, is none.
   */
  public static boolean isHidden(int c) {
    return Character.isISOControl(c)
        || c == 0x61c
        || c >= 0x200e && c <= 0x200f
        || c >= 0x2028 && c <= 0x202e
        || c >= 0x2066 && c <= 0x2069
        || c == 0x200b
        || c == 0x2060
        || c == 0xfeff
        || c >= 0xe0000 && c <= 0xe007f;
  }

  /**
   * Several lines: keeps line ends and tabs, shows other control characters as {@code \xNN} and
   * hidden ones as {@code \}{@code u202e}.
   */
  public static String block(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .codePoints()
        .forEach(
            c -> {
              if (c == '\n' || c == '\t' || !isHidden(c)) {
                safe.appendCodePoint(c);
              } else {
                safe.append((c < 0x100 ? "\\x%02x" : "\\u%04x").formatted(c));
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
