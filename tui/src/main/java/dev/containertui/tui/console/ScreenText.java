package dev.containertui.tui.console;

import dev.containertui.tui.vt.Line;
import dev.containertui.tui.vt.Style;
import dev.containertui.tui.vt.TerminalView;

/** A terminal's present screen as what makes another terminal look like it. */
final class ScreenText {
  private static final long[] FLAGS = {
    Style.BOLD,
    Style.DIM,
    Style.ITALIC,
    Style.UNDERLINE,
    Style.BLINK,
    0,
    Style.INVERSE,
    Style.HIDDEN,
    Style.STRIKE
  };

  private ScreenText() {}

  /** Clears, draws the rows from the top, and leaves the cursor where it is. */
  static String of(TerminalView view) {
    StringBuilder text = new StringBuilder("\u001b[0m\u001b[2J\u001b[H");
    for (int y = 0; y < view.lines().size(); y++) {
      row(text.append("\u001b[").append(y + 1).append(";1H"), view.lines().get(y));
    }
    return text.append("\u001b[0m\u001b[")
        .append(view.cursorRow() + 1)
        .append(';')
        .append(view.cursorColumn() + 1)
        .append('H')
        .toString();
  }

  private static void row(StringBuilder text, Line line) {
    int end = line.columns();
    while (end > 0 && line.glyph(end - 1) == 0 && line.style(end - 1) == Style.PLAIN) {
      end--;
    }
    long style = Style.PLAIN;
    for (int x = 0; x < end; x++) {
      if (line.glyph(x) == Line.SPACER) {
        continue;
      }
      if (line.style(x) != style) {
        style = line.style(x);
        rendition(text, style);
      }
      text.append(line.text(x));
    }
    if (style != Style.PLAIN) {
      text.append("\u001b[0m");
    }
  }

  private static void rendition(StringBuilder text, long style) {
    text.append("\u001b[0");
    for (int i = 0; i < FLAGS.length; i++) {
      if (Style.has(style, FLAGS[i])) {
        text.append(';').append(i + 1);
      }
    }
    color(text, 38, Style.foreground(style));
    color(text, 48, Style.background(style));
    text.append('m');
  }

  private static void color(StringBuilder text, int code, int color) {
    int value = Style.value(color);
    if (color == Style.DEFAULT_COLOR) {
      return;
    }
    text.append(';').append(code);
    if (Style.isIndexed(color)) {
      text.append(";5;").append(value);
    } else {
      text.append(";2;").append(value >> 16).append(';').append(value >> 8 & 0xff);
      text.append(';').append(value & 0xff);
    }
  }
}
