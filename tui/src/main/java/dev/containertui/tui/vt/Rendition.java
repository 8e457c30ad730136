package dev.containertui.tui.vt;

/** SGR, "select graphic rendition": parameters to a {@link Style} (ECMA-48 8.3.117, xterm). */
final class Rendition {
  private Rendition() {}

  static long apply(Parameters p, long style) {
    if (p.count() == 0) {
      return Style.PLAIN;
    }
    long s = style;
    int i = 0;
    while (i < p.count()) {
      int code = p.get(i);
      int next = i + 1;
      while (p.isSub(next)) {
        next++;
      }
      boolean subs = next > i + 1;
      if (code == 38 || code == 48) {
        int used = subs ? next - i : classicLength(p, i);
        int color = subs ? colonColor(p, i, next) : classicColor(p, i);
        if (color >= 0) {
          s = code == 38 ? Style.withForeground(s, color) : Style.withBackground(s, color);
        }
        i += used;
        continue;
      }
      if (code == 58 && !subs) {
        i += classicLength(p, i); // underline colour: not shown, but its numbers are no SGR codes
        continue;
      }
      s = code == 4 && subs ? underline(s, p.get(i + 1)) : simple(s, code);
      i = next;
    }
    return s;
  }

  private static long underline(long style, int kind) {
    return kind == 0 ? style & ~Style.UNDERLINE : style | Style.UNDERLINE;
  }

  private static long simple(long s, int code) {
    return switch (code) {
      case 0 -> Style.PLAIN;
      case 1 -> s | Style.BOLD;
      case 2 -> s | Style.DIM;
      case 3 -> s | Style.ITALIC;
      case 4, 21 -> s | Style.UNDERLINE;
      case 5, 6 -> s | Style.BLINK;
      case 7 -> s | Style.INVERSE;
      case 8 -> s | Style.HIDDEN;
      case 9 -> s | Style.STRIKE;
      case 22 -> s & ~(Style.BOLD | Style.DIM);
      case 23 -> s & ~Style.ITALIC;
      case 24 -> s & ~Style.UNDERLINE;
      case 25 -> s & ~Style.BLINK;
      case 27 -> s & ~Style.INVERSE;
      case 28 -> s & ~Style.HIDDEN;
      case 29 -> s & ~Style.STRIKE;
      case 39 -> Style.withForeground(s, Style.DEFAULT_COLOR);
      case 49 -> Style.withBackground(s, Style.DEFAULT_COLOR);
      default -> {
        if (code >= 30 && code <= 37) {
          yield Style.withForeground(s, Style.indexed(code - 30));
        } else if (code >= 40 && code <= 47) {
          yield Style.withBackground(s, Style.indexed(code - 40));
        } else if (code >= 90 && code <= 97) {
          yield Style.withForeground(s, Style.indexed(code - 82));
        } else if (code >= 100 && code <= 107) {
          yield Style.withBackground(s, Style.indexed(code - 92));
        }
        yield s;
      }
    };
  }

  /** How many parameters {@code 38;5;n} or {@code 38;2;r;g;b} take. */
  private static int classicLength(Parameters p, int i) {
    return switch (p.get(i + 1)) {
      case 5 -> 3;
      case 2 -> 5;
      default -> 2;
    };
  }

  private static int classicColor(Parameters p, int i) {
    return switch (p.get(i + 1)) {
      case 5 -> byteOrNone(p.get(i + 2));
      case 2 -> i + 4 < p.count() ? Style.rgb(cap(p, i + 2), cap(p, i + 3), cap(p, i + 4)) : -1;
      default -> -1;
    };
  }

  /** {@code 38:5:n}, {@code 38:2:r:g:b} or, as the standard has it, {@code 38:2:space:r:g:b}. */
  private static int colonColor(Parameters p, int i, int end) {
    int numbers = end - i - 2;
    return switch (p.get(i + 1)) {
      case 5 -> numbers >= 1 ? byteOrNone(p.get(i + 2)) : -1;
      case 2 -> {
        int red = numbers >= 4 ? i + 3 : i + 2;
        yield numbers >= 3 ? Style.rgb(cap(p, red), cap(p, red + 1), cap(p, red + 2)) : -1;
      }
      default -> -1;
    };
  }

  private static int byteOrNone(int index) {
    return index <= 255 ? Style.indexed(index) : -1;
  }

  private static int cap(Parameters p, int index) {
    return Math.min(255, p.get(index));
  }
}
