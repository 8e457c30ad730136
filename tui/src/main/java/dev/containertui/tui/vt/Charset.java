package dev.containertui.tui.vt;

/** The character sets that a guest can choose for G0 and G1. */
enum Charset {
  ASCII,
  LINE_DRAWING,
  BRITISH;

  /** DEC Special Graphics, 0x5f to 0x7e (VT220 Programmer Reference, table 2-4). */
  private static final String GRAPHICS = "\u00a0◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

  /** The set that a final character of {@code ESC (} or {@code ESC )} chooses. */
  static Charset of(int last) {
    return switch (last) {
      case '0' -> LINE_DRAWING;
      case 'A' -> BRITISH;
      default -> ASCII;
    };
  }

  int map(int codePoint) {
    return switch (this) {
      case ASCII -> codePoint;
      case LINE_DRAWING ->
          codePoint >= 0x5f && codePoint <= 0x7e ? GRAPHICS.charAt(codePoint - 0x5f) : codePoint;
      case BRITISH -> codePoint == '#' ? '£' : codePoint;
    };
  }
}
