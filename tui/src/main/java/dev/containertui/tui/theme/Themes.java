package dev.containertui.tui.theme;

import static dev.containertui.tui.vt.Style.BOLD;
import static dev.containertui.tui.vt.Style.DIM;
import static dev.containertui.tui.vt.Style.INVERSE;
import static dev.containertui.tui.vt.Style.ITALIC;
import static dev.containertui.tui.vt.Style.UNDERLINE;

import dev.containertui.tui.vt.Style;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The themes that there are, by name. */
public final class Themes {
  /** For a dark background, in 24-bit colours. */
  private static final Theme DARK =
      palette(
          "dark",
          new Palette(
              0xd8dee9, 0x8b95a7, 0x5fb3d9, 0x8fbf7f, 0xe5c07b, 0xe8707a, 0xc792ea, 0x2c3e50));

  /** For a light background. */
  private static final Theme LIGHT =
      palette(
          "light",
          new Palette(
              0x24292f, 0x6a737d, 0x0b69a3, 0x1a7f37, 0x8a5a00, 0xb3261e, 0x6f42c1, 0xd0e4f5));

  /** Black and white and the brightest colours; every contrast is at least 7 : 1 on black. */
  private static final Theme HIGH_CONTRAST =
      palette(
          "high-contrast",
          new Palette(
              0xffffff, 0xd0d0d0, 0x00ffff, 0x00ff00, 0xffff00, 0xff8080, 0xffa0ff, 0x0000a0));

  /**
   * Blue, orange and yellow, which all common kinds of colour vision tell apart: the palette of M.
   * Okabe and K. Ito, "Color Universal Design" (2008).
   */
  private static final Theme COLOUR_BLIND =
      palette(
          "colour-blind",
          new Palette(
              0xe0e0e0, 0x9a9a9a, 0x56b4e9, 0x0072b2, 0xf0e442, 0xd55e00, 0xcc79a7, 0x303030));

  private static final List<Theme> ALL =
      List.of(Theme.TERMINAL, DARK, LIGHT, HIGH_CONTRAST, COLOUR_BLIND, mono());

  /** 24-bit colours; {@code selection} is a background. */
  private record Palette(
      int text, int faint, int accent, int good, int busy, int bad, int mark, int selection) {}

  private Themes() {}

  public static List<String> names() {
    return ALL.stream().map(Theme::name).toList();
  }

  public static Optional<Theme> named(String name) {
    return ALL.stream().filter(t -> t.name().equals(name)).findFirst();
  }

  private static Theme palette(String name, Palette p) {
    Map<Look, Long> looks = new EnumMap<>(Look.class);
    looks.put(Look.PLAIN, color(p.text()));
    looks.put(Look.STRONG, color(p.text()) | BOLD);
    looks.put(Look.FAINT, color(p.faint()));
    looks.put(Look.BRAND, color(p.accent()) | BOLD | INVERSE);
    looks.put(Look.TAB, color(p.faint()));
    looks.put(Look.TAB_CURRENT, color(p.text()) | BOLD | UNDERLINE);
    looks.put(Look.BORDER, color(p.faint()));
    looks.put(Look.BORDER_FOCUSED, color(p.accent()));
    looks.put(Look.TITLE, color(p.text()) | BOLD);
    looks.put(Look.COLUMN, color(p.accent()));
    looks.put(Look.GOOD, color(p.good()));
    looks.put(Look.BUSY, color(p.busy()));
    looks.put(Look.BAD, color(p.bad()) | BOLD);
    looks.put(Look.METER, color(p.accent()));
    looks.put(Look.METER_HIGH, color(p.bad()));
    looks.put(Look.KEY, color(p.accent()) | BOLD);
    looks.put(Look.LINK, color(p.accent()) | UNDERLINE);
    looks.put(Look.MATCH, color(p.busy()) | INVERSE);
    looks.put(Look.MARKED, color(p.mark()) | BOLD);
    looks.put(Look.SELECTION, Style.withBackground(Style.PLAIN, rgb(p.selection())) | BOLD);
    looks.put(Look.SELECTION_ELSEWHERE, UNDERLINE);
    looks.put(Look.NOTE_LINE, color(p.text()) | BOLD);
    looks.put(Look.SUCCESS_LINE, color(p.good()) | BOLD);
    looks.put(Look.ERROR_LINE, color(p.bad()) | BOLD | INVERSE);
    looks.put(Look.CHART_1, color(p.accent()));
    looks.put(Look.CHART_2, color(p.good()));
    looks.put(Look.CHART_3, color(p.mark()));
    looks.put(Look.CHART_4, color(p.busy()));
    return new Theme(name, looks);
  }

  private static int rgb(int color) {
    return Style.rgb(color >> 16, color >> 8, color);
  }

  private static long color(int color) {
    return Style.withForeground(Style.PLAIN, rgb(color));
  }

  /** No colour at all. */
  private static Theme mono() {
    Map<Look, Long> looks = new EnumMap<>(Look.class);
    for (Look look : Look.values()) {
      looks.put(
          look,
          switch (look) {
            case STRONG, TITLE, KEY, GOOD, NOTE_LINE, SUCCESS_LINE, COLUMN, BORDER_FOCUSED -> BOLD;
            case FAINT, TAB, BORDER -> DIM;
            case BRAND, ERROR_LINE -> BOLD | INVERSE;
            case BAD, MARKED -> BOLD | UNDERLINE;
            case BUSY -> ITALIC;
            case TAB_CURRENT -> BOLD | UNDERLINE;
            case LINK, SELECTION_ELSEWHERE -> UNDERLINE;
            case MATCH, SELECTION -> INVERSE;
            case PLAIN, METER, METER_HIGH, CHART_1, CHART_2, CHART_3, CHART_4 -> Style.PLAIN;
          });
    }
    return new Theme("mono", looks);
  }
}
