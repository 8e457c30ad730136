package dev.containertui.tui.console;

import dev.containertui.tui.vt.Emulator;
import dev.containertui.tui.vt.KeyModes;
import dev.containertui.tui.vt.MouseModes;

/** What a guest has switched on of its terminal, as what does the same to another terminal. */
final class TerminalModes {
  private TerminalModes() {}

  static String of(Emulator emulator) {
    KeyModes keys = emulator.keyModes();
    MouseModes mouse = emulator.mouseModes();
    int shape = emulator.cursorShape();
    return on(mouse.tracking().mode)
        + on(mouse.encoding().mode)
        + on(keys.applicationCursor() ? 1 : 0)
        + (keys.applicationKeypad() ? "\u001b=" : "")
        + on(keys.bracketedPaste() ? 2004 : 0)
        + on(emulator.focusReports() ? 1004 : 0)
        + (shape == 0 ? "" : "\u001b[" + shape + " q")
        + (emulator.view(0).cursorVisible() ? "" : "\u001b[?25l");
  }

  private static String on(int mode) {
    return mode == 0 ? "" : "\u001b[?" + mode + "h";
  }
}
