package dev.containertui.tui.vt;

/** The character sets that a guest can choose for G0 and G1: ASCII and DEC's line drawing. */
enum Charset {
  ASCII,
  LINE_DRAWING;

  /** DEC Special Graphics, 0x5f to 0x7e (VT220 Programmer Reference, table 2-4). */
  private static final String GRAPHICS = "\u00a0◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

  int map(int codePoint) {
    return this == LINE_DRAWING && codePoint >= 0x5f && codePoint <= 0x7e
        ? GRAPHICS.charAt(codePoint - 0x5f)
        : codePoint;
  }
}
