package dev.containertui.tui.view;

import dev.containertui.tui.vt.Style;

/**
 * The few looks there are. Colours come from the basic sixteen, which every terminal theme makes
 * readable; none carries a meaning that a symbol, a word or an attribute does not carry too.
 */
final class Theme {
  static final long PLAIN = Style.PLAIN;
  static final long STRONG = Style.BOLD;
  static final long FAINT = Style.DIM;
  static final long BRAND = color(6) | Style.BOLD | Style.INVERSE;
  static final long TAB = FAINT;
  static final long TAB_CURRENT = Style.BOLD | Style.UNDERLINE;
  static final long BORDER = FAINT;
  static final long BORDER_FOCUSED = color(6);
  static final long TITLE = Style.BOLD;
  static final long COLUMN = color(6);
  static final long GOOD = color(2);
  static final long BUSY = color(3);
  static final long BAD = color(1) | Style.BOLD;
  static final long METER = color(6);
  static final long KEY = color(6) | Style.BOLD;
  static final long ERROR_LINE = color(1) | Style.BOLD | Style.INVERSE;

  private Theme() {}

  private static long color(int index) {
    return Style.withForeground(Style.PLAIN, Style.indexed(index));
  }
}
