package dev.containertui.tui.export;

import dev.containertui.tui.draw.Frame;
import dev.containertui.tui.vt.Style;
import java.util.Locale;

/** A picture of the screen as text, HTML or SVG. */
public final class ScreenExport {
  /** xterm's sixteen; the rest of the 256 is computed. */
  private static final int[] BASIC = {
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x1e90ff, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
    0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff
  };

  private static final int[] CUBE = {0, 95, 135, 175, 215, 255};
  private static final int TEXT = 0xd8d8d8;
  private static final int GROUND = 0x16181c;
  private static final int CELL_WIDTH = 9;
  private static final int CELL_HEIGHT = 18;

  private ScreenExport() {}

  /** Whether the ending of a file's name is one of those that there is a form for. */
  public static boolean knows(String fileName) {
    return fileName.toLowerCase(Locale.ROOT).matches(".*\\.(txt|html?|svg)");
  }

  /** By the ending of a file's name: {@code .html}, {@code .svg}, else text. */
  public static String of(Frame frame, String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    if (name.endsWith(".html") || name.endsWith(".htm")) {
      return html(frame);
    } else if (name.endsWith(".svg")) {
      return svg(frame);
    }
    return frame.text();
  }

  /** A whole page, without scripts or anything from elsewhere. */
  static String html(Frame frame) {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\">")
        .append("<title>container-tui</title>\n<style>body{margin:0;background:")
        .append(hex(GROUND))
        .append("}pre{font:14px/1.25 monospace;color:")
        .append(hex(TEXT))
        .append(";padding:1em;margin:0}</style>\n<pre>");
    for (int y = 0; y < frame.rows(); y++) {
      int x = 0;
      while (x < frame.columns()) {
        int end = runEnd(frame, x, y);
        long style = frame.style(x, y);
        String text = escaped(text(frame, x, end, y));
        if (style == Style.PLAIN) {
          page.append(text);
        } else {
          page.append("<span style=\"").append(css(style)).append("\">").append(text);
          page.append("</span>");
        }
        x = end;
      }
      page.append('\n');
    }
    return page.append("</pre></html>\n").toString();
  }

  /** One text element for each run of cells of one look, so that columns stay in place. */
  static String svg(Frame frame) {
    int width = frame.columns() * CELL_WIDTH;
    int height = frame.rows() * CELL_HEIGHT;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n"
            .formatted(width, height, width, height));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"").append(hex(GROUND)).append("\"/>\n");
    svg.append("<g font-family=\"monospace\" font-size=\"15\" xml:space=\"preserve\">\n");
    for (int y = 0; y < frame.rows(); y++) {
      int x = 0;
      while (x < frame.columns()) {
        int end = runEnd(frame, x, y);
        run(svg, frame, x, end, y);
        x = end;
      }
    }
    return svg.append("</g>\n</svg>\n").toString();
  }

  private static void run(StringBuilder svg, Frame frame, int x, int end, int y) {
    long style = frame.style(x, y);
    int left = x * CELL_WIDTH;
    int cells = end - x;
    int back = background(style);
    if (back != GROUND) {
      svg.append(
          "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
              .formatted(left, y * CELL_HEIGHT, cells * CELL_WIDTH, CELL_HEIGHT, hex(back)));
    }
    String text = text(frame, x, end, y);
    if (text.isBlank()) {
      return;
    }
    svg.append(
        "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"%s\"%s%s%s%s>%s</text>%n"
            .formatted(
                left,
                y * CELL_HEIGHT + 14,
                cells * CELL_WIDTH,
                hex(foreground(style)),
                Style.has(style, Style.BOLD) ? " font-weight=\"bold\"" : "",
                Style.has(style, Style.ITALIC) ? " font-style=\"italic\"" : "",
                Style.has(style, Style.UNDERLINE) ? " text-decoration=\"underline\"" : "",
                Style.has(style, Style.DIM) ? " opacity=\"0.6\"" : "",
                escaped(text)));
  }

  private static int runEnd(Frame frame, int x, int y) {
    int end = x + 1;
    while (end < frame.columns() && frame.style(end, y) == frame.style(x, y)) {
      end++;
    }
    return end;
  }

  private static String text(Frame frame, int from, int to, int y) {
    StringBuilder text = new StringBuilder();
    for (int x = from; x < to; x++) {
      text.append(frame.glyph(x, y));
    }
    return text.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String css(long style) {
    StringBuilder css = new StringBuilder();
    css.append("color:").append(hex(foreground(style)));
    if (background(style) != GROUND) {
      css.append(";background:").append(hex(background(style)));
    }
    if (Style.has(style, Style.BOLD)) {
      css.append(";font-weight:bold");
    }
    if (Style.has(style, Style.ITALIC)) {
      css.append(";font-style:italic");
    }
    if (Style.has(style, Style.DIM)) {
      css.append(";opacity:.6");
    }
    if (Style.has(style, Style.UNDERLINE)) {
      css.append(";text-decoration:underline");
    } else if (Style.has(style, Style.STRIKE)) {
      css.append(";text-decoration:line-through");
    }
    return css.toString();
  }

  private static int foreground(long style) {
    return Style.has(style, Style.INVERSE)
        ? rgb(Style.background(style), GROUND)
        : rgb(Style.foreground(style), TEXT);
  }

  private static int background(long style) {
    return Style.has(style, Style.INVERSE)
        ? rgb(Style.foreground(style), TEXT)
        : rgb(Style.background(style), GROUND);
  }

  private static int rgb(int color, int otherwise) {
    if (color == Style.DEFAULT_COLOR) {
      return otherwise;
    } else if (!Style.isIndexed(color)) {
      return Style.value(color);
    }
    int index = Style.value(color);
    if (index < 16) {
      return BASIC[index];
    } else if (index < 232) {
      int n = index - 16;
      return CUBE[n / 36] << 16 | CUBE[n / 6 % 6] << 8 | CUBE[n % 6];
    }
    int gray = 8 + 10 * (index - 232);
    return gray << 16 | gray << 8 | gray;
  }

  private static String hex(int color) {
    return "#%06x".formatted(color);
  }
}
