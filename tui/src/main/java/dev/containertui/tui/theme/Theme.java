package dev.containertui.tui.theme;

import static dev.containertui.tui.vt.Style.BOLD;
import static dev.containertui.tui.vt.Style.DIM;
import static dev.containertui.tui.vt.Style.INVERSE;
import static dev.containertui.tui.vt.Style.PLAIN;
import static dev.containertui.tui.vt.Style.UNDERLINE;

import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.vt.Style;
import java.util.EnumMap;
import java.util.Map;

/**
 * What every {@link Look} looks like. No look carries a meaning by its colour alone: a symbol, a
 * word or an attribute says it too.
 *
 * @param looks one for each
 */
public record Theme(String name, Map<Look, Long> looks) {
  /**
   * The basic sixteen colours, which every terminal makes readable on its own background, dark or
   * light.
   */
  public static final Theme TERMINAL = new Theme("terminal", terminal());

  public static final Slot<Theme> SLOT = new Slot<>("theme", TERMINAL);

  public Theme {
    looks = Map.copyOf(looks);
    for (Look look : Look.values()) {
      if (!looks.containsKey(look)) {
        throw new IllegalArgumentException("theme " + name + " has no " + look);
      }
    }
  }

  public static Theme of(State state) {
    return state.get(SLOT);
  }

  /** A {@link Style}. */
  public long style(Look look) {
    return looks.get(look);
  }

  private static Map<Look, Long> terminal() {
    Map<Look, Long> looks = new EnumMap<>(Look.class);
    looks.put(Look.PLAIN, PLAIN);
    looks.put(Look.STRONG, BOLD);
    looks.put(Look.FAINT, DIM);
    looks.put(Look.BRAND, color(6) | BOLD | INVERSE);
    looks.put(Look.TAB, DIM);
    looks.put(Look.TAB_CURRENT, BOLD | UNDERLINE);
    looks.put(Look.BORDER, DIM);
    looks.put(Look.BORDER_FOCUSED, color(6));
    looks.put(Look.TITLE, BOLD);
    looks.put(Look.COLUMN, color(6));
    looks.put(Look.GOOD, color(2));
    looks.put(Look.BUSY, color(3));
    looks.put(Look.BAD, color(1) | BOLD);
    looks.put(Look.METER, color(6));
    looks.put(Look.METER_HIGH, color(1));
    looks.put(Look.KEY, color(6) | BOLD);
    looks.put(Look.LINK, color(4) | UNDERLINE);
    looks.put(Look.MATCH, color(3) | INVERSE);
    looks.put(Look.MARKED, color(5) | BOLD);
    looks.put(Look.SELECTION, INVERSE);
    looks.put(Look.SELECTION_ELSEWHERE, UNDERLINE);
    looks.put(Look.NOTE_LINE, BOLD);
    looks.put(Look.SUCCESS_LINE, color(2) | BOLD);
    looks.put(Look.ERROR_LINE, color(1) | BOLD | INVERSE);
    looks.put(Look.CHART_1, color(6));
    looks.put(Look.CHART_2, color(2));
    looks.put(Look.CHART_3, color(5));
    looks.put(Look.CHART_4, color(3));
    return looks;
  }

  private static long color(int index) {
    return Style.withForeground(PLAIN, Style.indexed(index));
  }
}
