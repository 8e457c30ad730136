package dev.containertui.tui.theme;

import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;

/** Which characters charts and gauges may be drawn with: not every terminal's font has all. */
public enum Glyphs {
  /** U+2800–U+28FF: two by four dots in a cell. */
  BRAILLE,
  /** U+2581–U+2588 and U+2589–U+258F: eighths of a cell; consoles have them. */
  BLOCK,
  /** Nothing beyond U+007E. */
  ASCII;

  public static final Slot<Glyphs> SLOT = new Slot<>("glyphs", BRAILLE);

  public static Glyphs of(State state) {
    return state.get(SLOT);
  }
}
