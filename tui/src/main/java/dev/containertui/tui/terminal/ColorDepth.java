package dev.containertui.tui.terminal;

import com.googlecode.lanterna.TextColor;
import dev.containertui.tui.vt.Style;
import java.util.Map;

/** How many colours the user's terminal has, and how ours become its. */
public enum ColorDepth {
  /** NO_COLOR (no-color.org) or a terminal without: attributes only. */
  NONE,
  ANSI_16,
  INDEXED_256,
  TRUE_COLOR;

  private static final TextColor.ANSI[] BASIC = {
    TextColor.ANSI.BLACK,
    TextColor.ANSI.RED,
    TextColor.ANSI.GREEN,
    TextColor.ANSI.YELLOW,
    TextColor.ANSI.BLUE,
    TextColor.ANSI.MAGENTA,
    TextColor.ANSI.CYAN,
    TextColor.ANSI.WHITE,
    TextColor.ANSI.BLACK_BRIGHT,
    TextColor.ANSI.RED_BRIGHT,
    TextColor.ANSI.GREEN_BRIGHT,
    TextColor.ANSI.YELLOW_BRIGHT,
    TextColor.ANSI.BLUE_BRIGHT,
    TextColor.ANSI.MAGENTA_BRIGHT,
    TextColor.ANSI.CYAN_BRIGHT,
    TextColor.ANSI.WHITE_BRIGHT
  };

  /** xterm's values of the 16 basic colours. */
  private static final int[] BASIC_RGB = {
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
    0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff
  };

  private static final int[] CUBE = {0, 95, 135, 175, 215, 255};

  /** Chooses by the environment: NO_COLOR, COLORTERM, TERM. */
  public static ColorDepth of(Map<String, String> environment) {
    String term = environment.getOrDefault("TERM", "");
    String colorTerm = environment.getOrDefault("COLORTERM", "");
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()
        || term.equals("dumb")
        || term.startsWith("vt")) {
      return NONE;
    } else if (colorTerm.equals("truecolor")
        || colorTerm.equals("24bit")
        || term.endsWith("-direct")) {
      return TRUE_COLOR;
    } else if (term.contains("256color")) {
      return INDEXED_256;
    }
    return ANSI_16;
  }

  /** The nearest colour that the terminal has. */
  TextColor color(int color) {
    if (color == Style.DEFAULT_COLOR || this == NONE) {
      return TextColor.ANSI.DEFAULT;
    }
    int value = Style.value(color);
    if (Style.isIndexed(color)) {
      if (value < 16) {
        return BASIC[value];
      }
      return this == ANSI_16 ? BASIC[nearestBasic(paletteRgb(value))] : indexed(value);
    }
    return switch (this) {
      case TRUE_COLOR -> new TextColor.RGB(value >> 16 & 0xff, value >> 8 & 0xff, value & 0xff);
      case INDEXED_256 -> indexed(nearestIndexed(value));
      default -> BASIC[nearestBasic(value)];
    };
  }

  private static TextColor indexed(int index) {
    return new TextColor.Indexed(index);
  }

  static int paletteRgb(int index) {
    if (index < 16) {
      return BASIC_RGB[index];
    } else if (index < 232) {
      int i = index - 16;
      return CUBE[i / 36] << 16 | CUBE[i / 6 % 6] << 8 | CUBE[i % 6];
    }
    int grey = 8 + (index - 232) * 10;
    return grey << 16 | grey << 8 | grey;
  }

  /** Among the 6×6×6 cube and the greys; the first 16 may have been changed by the user. */
  static int nearestIndexed(int rgb) {
    int best = 16;
    for (int i = 17; i < 256; i++) {
      if (distance(paletteRgb(i), rgb) < distance(paletteRgb(best), rgb)) {
        best = i;
      }
    }
    return best;
  }

  static int nearestBasic(int rgb) {
    int best = 0;
    for (int i = 1; i < 16; i++) {
      if (distance(BASIC_RGB[i], rgb) < distance(BASIC_RGB[best], rgb)) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(int a, int b) {
    int red = (a >> 16 & 0xff) - (b >> 16 & 0xff);
    int green = (a >> 8 & 0xff) - (b >> 8 & 0xff);
    int blue = (a & 0xff) - (b & 0xff);
    return red * red + green * green + blue * blue;
  }
}
