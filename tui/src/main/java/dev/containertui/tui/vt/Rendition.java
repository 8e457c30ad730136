package dev.containertui.tui.vt;

/** SGR, "select graphic rendition": parameters to a {@link Style} (ECMA-48 8.3.117, xterm). */
final class Rendition {
  private Rendition() {}

  /** Changes the cursor's style, and its underline's colour. */
  static void apply(Parameters p, Cursor cursor) {
    if (p.count() == 0) {
      cursor.style = Style.PLAIN;
      cursor.setUnderlineColor(Style.DEFAULT_COLOR);
      return;
    }
    int i = 0;
    while (i < p.count()) {
      int code = p.get(i);
      int next = i + 1;
      while (p.isSub(next)) {
        next++;
      }
      boolean subs = next > i + 1;
      if (code == 38 || code == 48 || code == 58) {
        int used = subs ? next - i : classicLength(p, i);
        int color = subs ? colonColor(p, i, next) : classicColor(p, i);
        if (color >= 0) {
          color(cursor, code, color);
        }
        i += used;
        continue;
      }
      if (code == 4 && subs) {
        int kind = p.get(i + 1);
        if (kind < Underline.values().length) {
          cursor.style = Style.withUnderline(cursor.style, Underline.values()[kind]);
        }
      } else {
        if (code == 0 || code == 59) {
          cursor.setUnderlineColor(Style.DEFAULT_COLOR);
        }
        cursor.style = simple(cursor.style, code);
      }
      i = next;
    }
  }

  private static void color(Cursor cursor, int code, int color) {
    switch (code) {
      case 38 -> cursor.style = Style.withForeground(cursor.style, color);
      case 48 -> cursor.style = Style.withBackground(cursor.style, color);
      default -> cursor.setUnderlineColor(color);
    }
  }

  private static long simple(long s, int code) {
    return switch (code) {
      case 0 -> Style.PLAIN;
      case 1 -> s | Style.BOLD;
      case 2 -> s | Style.DIM;
      case 3 -> s | Style.ITALIC;
      case 4 -> Style.withUnderline(s, Underline.SINGLE);
      case 5, 6 -> s | Style.BLINK;
      case 7 -> s | Style.INVERSE;
      case 8 -> s | Style.HIDDEN;
      case 9 -> s | Style.STRIKE;
      case 21 -> Style.withUnderline(s, Underline.DOUBLE);
      case 22 -> s & ~(Style.BOLD | Style.DIM);
      case 23 -> s & ~Style.ITALIC;
      case 24 -> Style.withUnderline(s, Underline.NONE);
      case 25 -> s & ~Style.BLINK;
      case 27 -> s & ~Style.INVERSE;
      case 28 -> s & ~Style.HIDDEN;
      case 29 -> s & ~Style.STRIKE;
      case 39 -> Style.withForeground(s, Style.DEFAULT_COLOR);
      case 49 -> Style.withBackground(s, Style.DEFAULT_COLOR);
      case 53 -> s | Style.OVERLINE;
      case 55 -> s & ~Style.OVERLINE;
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

  /** The parameters that make a style from nothing: the answer to DECRQSS {@code m}. */
  static String describe(Cursor cursor) {
    long s = cursor.style;
    StringBuilder sgr = new StringBuilder("0");
    long[] flags = {
      Style.BOLD,
      Style.DIM,
      Style.ITALIC,
      0,
      Style.BLINK,
      0,
      Style.INVERSE,
      Style.HIDDEN,
      Style.STRIKE
    };
    for (int i = 0; i < flags.length; i++) {
      if (Style.has(s, flags[i])) {
        sgr.append(';').append(i + 1);
      }
    }
    Underline underline = Style.underline(s);
    if (underline == Underline.SINGLE) {
      sgr.append(";4");
    } else if (underline != Underline.NONE) {
      sgr.append(";4:").append(underline.ordinal());
    }
    if (Style.has(s, Style.OVERLINE)) {
      sgr.append(";53");
    }
    describe(sgr, 38, Style.foreground(s));
    describe(sgr, 48, Style.background(s));
    describe(sgr, 58, cursor.underlineColor());
    return sgr.toString();
  }

  private static void describe(StringBuilder sgr, int code, int color) {
    int value = Style.value(color);
    if (Style.isIndexed(color) && value < 16 && code != 58) {
      sgr.append(';').append(value < 8 ? code - 8 + value : code + 52 + value - 8);
    } else if (Style.isIndexed(color)) {
      sgr.append(';').append(code).append(":5:").append(value);
    } else if (color != Style.DEFAULT_COLOR) {
      sgr.append(';').append(code).append(":2::").append(value >> 16);
      sgr.append(':').append(value >> 8 & 0xff).append(':').append(value & 0xff);
    }
  }
}
