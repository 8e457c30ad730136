package dev.containertui.tui.theme;

import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which characters charts and gauges, and with ASCII everything else, may be drawn with: not every
 * terminal's font has all.
 */
public enum Glyphs {
  /** U+2800–U+28FF: two by four dots in a cell. */
  BRAILLE,
  /** U+2581–U+2588 and U+2589–U+258F: eighths of a cell; consoles have them. */
  BLOCK,
  /** Nothing beyond U+007E, on the whole screen. */
  ASCII;

  public static final Slot<Glyphs> SLOT = new Slot<>("glyphs", BRAILLE);

  public static Glyphs of(State state) {
    return state.get(SLOT);
  }

  /**
   * What a terminal can most likely show: braille where text is UTF-8 (LC_ALL, LC_CTYPE, LANG, in
   * this order, locale(7)); blocks on the Linux console, whose fonts have no more; else ASCII.
   */
  public static Glyphs of(Map<String, String> environment) {
    String locale =
        Stream.of("LC_ALL", "LC_CTYPE", "LANG")
            .map(name -> environment.getOrDefault(name, ""))
            .filter(value -> !value.isEmpty())
            .findFirst()
            .orElse("C.UTF-8");
    if (!locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8")) {
      return ASCII;
    }
    return environment.getOrDefault("TERM", "").equals("linux") ? BLOCK : BRAILLE;
  }
}
