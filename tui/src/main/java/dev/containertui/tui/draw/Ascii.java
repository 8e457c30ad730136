package dev.containertui.tui.draw;

/**
 * A picture for a terminal that shows nothing beyond U+007E. Lines, marks, arrows and bars become
 * what is nearest to them; what else there is becomes a question mark. Every character keeps its
 * place.
 */
public final class Ascii {
  private static final String SYMBOLS = "…·–—▸▹●○◌◉■□✓✗‖≙±∅▲△▼▽↑↓→←↵×÷°«»‘’“”•µ";
  private static final String STAND_INS = "~|-->>*oo*##+x==+0^^vv^v><<x/o\"\"''\"\"*u";

  /** U+2581–U+2588: a cell filled from below; U+2589–U+258F: from the left, fuller first. */
  private static final String HEIGHTS = "_.-=+*##";

  private static final String WIDTHS = "#####|||";

  static {
    if (SYMBOLS.length() != STAND_INS.length()) {
      throw new AssertionError("each symbol has a stand-in");
    }
  }

  private Ascii() {}

  /** The same picture of such characters only. */
  public static Frame of(Frame frame) {
    return frame.withGlyphs(Ascii::of);
  }

  /** What is written for a character of one or two cells. */
  static String of(String glyph) {
    int c = glyph.codePointAt(0);
    if (glyph.length() == 1 && c <= 0x7e) {
      return glyph;
    }
    return Character.toString(standIn(c));
  }

  private static char standIn(int c) {
    int symbol = SYMBOLS.indexOf(c);
    if (symbol >= 0) {
      return STAND_INS.charAt(symbol);
    } else if (c >= 0x2500 && c <= 0x257f) {
      return line(c);
    } else if (c >= 0x2581 && c <= 0x2588) {
      return HEIGHTS.charAt(c - 0x2581);
    } else if (c >= 0x2589 && c <= 0x2590) {
      return WIDTHS.charAt(c - 0x2589);
    }
    return c == 0xa0 ? ' ' : '?';
  }

  /** Box drawing: straight lines as they run, whatever else crosses or turns as a plus. */
  private static char line(int c) {
    return switch (c) {
      case 0x2500,
          0x2501,
          0x2504,
          0x2505,
          0x2508,
          0x2509,
          0x254c,
          0x254d,
          0x2550,
          0x2574,
          0x2576,
          0x2578,
          0x257a,
          0x257c,
          0x257e ->
          '-';
      case 0x2502,
          0x2503,
          0x2506,
          0x2507,
          0x250a,
          0x250b,
          0x254e,
          0x254f,
          0x2551,
          0x2575,
          0x2577,
          0x2579,
          0x257b,
          0x257d,
          0x257f ->
          '|';
      case 0x2571 -> '/';
      case 0x2572 -> '\\';
      default -> '+';
    };
  }
}
