package dev.containertui.oci;

/** Foreign text made fit for one line of a message. */
public final class Printable {
  private static final int MAX_LENGTH = 200;

  private Printable() {}

  /**
   * {@code text} without anything that would move a terminal's cursor or start a new line, cut to
   * 200 characters.
   */
  public static String of(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
    text.codePoints()
        .limit(MAX_LENGTH)
        .forEach(c -> out.appendCodePoint(isPlain(c) ? c : Character.isWhitespace(c) ? ' ' : '?'));
    if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
      out.append('…');
    }
    return out.toString().strip();
  }

  private static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
