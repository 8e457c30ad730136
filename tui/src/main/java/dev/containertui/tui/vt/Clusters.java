package dev.containertui.tui.vt;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What belongs to one user-perceived character: the part of Unicode's grapheme cluster rules (UAX
 * #29) that a cell needs.
 *
 * <p>Programs place the cursor by the width of single code points ({@code wcwidth}), so by default
 * only characters of width 0 join the cell before them. A program that knows clusters asks for them
 * with mode 2027; then emoji sequences, flags and variation selectors make one wide cell.
 */
final class Clusters {
  private static final int ZWNJ = 0x200c;
  private static final int ZWJ = 0x200d;

  /** VARIATION SELECTOR-16: show as emoji. */
  static final int EMOJI_PRESENTATION = 0xfe0f;

  /** Strings of the characters below this are kept. */
  private static final int CACHED = 0x3100;

  private static final AtomicReferenceArray<String> STRINGS = new AtomicReferenceArray<>(CACHED);

  private Clusters() {}

  /** The character as a string, not made anew each time if it is a usual one. */
  static String string(int codePoint) {
    if (codePoint >= CACHED) {
      return Character.toString(codePoint);
    }
    String known = STRINGS.get(codePoint);
    if (known == null) {
      known = Character.toString(codePoint);
      STRINGS.set(codePoint, known);
    }
    return known;
  }

  /** Whether a character of width 0 is kept; others (direction marks, spaces) are dropped. */
  static boolean isKept(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.FORMAT ->
          codePoint == ZWJ || codePoint == ZWNJ || codePoint >= 0xe0020 && codePoint <= 0xe007f;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }

  /** Whether {@code codePoint}, of width 1 or 2, belongs to the character in a cell. */
  static boolean joins(Line line, int column, int codePoint) {
    int base = line.glyph(column);
    if (base <= 0) {
      return false;
    }
    String marks = line.marks(column);
    if (isRegional(codePoint)) {
      return isRegional(base) && marks.isEmpty();
    }
    if (Character.isEmojiModifier(codePoint)) {
      return Character.isEmojiModifierBase(base) || marks.indexOf(ZWJ) >= 0;
    }
    return !marks.isEmpty()
        && marks.charAt(marks.length() - 1) == ZWJ
        && Character.isExtendedPictographic(codePoint)
        && Character.isExtendedPictographic(base);
  }

  static boolean isRegional(int codePoint) {
    return codePoint >= 0x1f1e6 && codePoint <= 0x1f1ff;
  }

  /** The marks that every terminal draws over the base without needing another cell. */
  static String drawn(String marks) {
    StringBuilder drawn = new StringBuilder();
    for (int i = 0; i < marks.length(); ) {
      int c = marks.codePointAt(i);
      if (c == ZWJ || CharWidth.of(c) != 0) {
        break;
      }
      boolean selector = c >= 0xfe00 && c <= 0xfe0f || c >= 0xe0100 && c <= 0xe01ef;
      if (!selector && Character.getType(c) != Character.FORMAT) {
        drawn.appendCodePoint(c);
      }
      i += Character.charCount(c);
    }
    return drawn.toString();
  }
}
