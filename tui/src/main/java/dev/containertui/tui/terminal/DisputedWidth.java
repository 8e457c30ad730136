package dev.containertui.tui.terminal;

/**
 * Texts that terminals show with different widths: emoji that are newer than the terminal or made
 * of several characters, marks, what is not assigned yet, and what a locale widens.
 */
final class DisputedWidth {
  /** First and last code points of what all agree upon, ascending. */
  private static final int[] SETTLED = {
    0x00, 0x2ff, // Latin
    0x370, 0x482, // Greek, Cyrillic
    0x48a, 0x52f,
    0x2010, 0x2027, // dashes, quotation marks, the ellipsis
    0x2190, 0x22ff, // arrows, mathematics
    0x2500, 0x25fc, // boxes, blocks, shapes
    0x2713, 0x2713, // what tables mark an end with
    0x2717, 0x2717,
    0x2800, 0x28ff, // braille
    0x3041, 0x3096, // kana, Han, Hangul, and their full-width Latin
    0x30a1, 0x30ff,
    0x4e00, 0x9fff,
    0xac00, 0xd7a3,
    0xff01, 0xff5e,
    0xfffd, 0xfffd
  };

  private DisputedWidth() {}

  /** Whether it has a character that not all terminals show in as many cells. */
  static boolean in(String text) {
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      if (codePoint > 0x2ff && !isSettled(codePoint)) {
        return true;
      }
      i += Character.charCount(codePoint);
    }
    return false;
  }

  private static boolean isSettled(int codePoint) {
    for (int i = 0; i < SETTLED.length; i += 2) {
      if (codePoint <= SETTLED[i + 1]) {
        return codePoint >= SETTLED[i];
      }
    }
    return false;
  }
}
