package dev.containertui.tui.terminal;

import dev.containertui.tui.vt.Style;
import dev.containertui.tui.vt.Underline;
import java.util.Map;

/**
 * Lines at a character that Lanterna has no word for: kinds and colours of underlines, overlines.
 * They are sent around each character, in the form with colons (ISO 8613-6), which terminals that
 * do not know it skip as a whole. An underline of another kind is then an ordinary one.
 *
 * @param wanted false: the terminal is one that takes the form with colons for something else
 */
record LineStyles(boolean wanted, ColorDepth depth) {
  /** Decides by the environment: terminals with few colours and Apple's own do not know them. */
  static LineStyles of(ColorDepth depth, Map<String, String> environment) {
    boolean many = depth == ColorDepth.TRUE_COLOR || depth == ColorDepth.INDEXED_256;
    boolean apple = environment.getOrDefault("TERM_PROGRAM", "").equals("Apple_Terminal");
    return new LineStyles(many && !apple, depth);
  }

  /** Whether a cell has any that Lanterna cannot say. */
  boolean isNeeded(long style, int underlineColor) {
    Underline kind = Style.underline(style);
    return wanted
        && (Style.has(style, Style.OVERLINE)
            || kind != Underline.NONE
                && (kind != Underline.SINGLE || underlineColor != Style.DEFAULT_COLOR));
  }

  /** The text between what switches them on and off. */
  String around(String text, long style, int underlineColor) {
    StringBuilder on = new StringBuilder();
    StringBuilder off = new StringBuilder();
    Underline kind = Style.underline(style);
    if (kind != Underline.NONE) {
      on.append("\u001b[4:").append(kind.ordinal()).append('m');
      off.append("\u001b[24m");
      if (underlineColor != Style.DEFAULT_COLOR) {
        on.append("\u001b[58:").append(color(underlineColor)).append('m');
        off.append("\u001b[59m");
      }
    }
    if (Style.has(style, Style.OVERLINE)) {
      on.append("\u001b[53m");
      off.append("\u001b[55m");
    }
    return on + text + off;
  }

  private String color(int color) {
    int value = Style.value(color);
    if (Style.isIndexed(color)) {
      return "5:" + value;
    } else if (depth == ColorDepth.INDEXED_256) {
      return "5:" + ColorDepth.nearestIndexed(value);
    }
    return "2::" + (value >> 16) + ":" + (value >> 8 & 0xff) + ":" + (value & 0xff);
  }
}
