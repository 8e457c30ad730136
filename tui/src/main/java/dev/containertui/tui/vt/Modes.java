package dev.containertui.tui.vt;

/** The switches of a terminal (xterm's "Control Sequences", DECSET and SM). */
final class Modes {
  /** What reports mouse movement: 0 nothing, else the DEC mode 9, 1000, 1002 or 1003. */
  int mouse;

  boolean mouseSgr;
  boolean applicationCursor;
  boolean applicationKeypad;
  boolean origin;
  boolean autoWrap = true;
  boolean cursorVisible = true;
  boolean bracketedPaste;
  boolean focusReports;
  boolean reverseScreen;
  boolean insert;
  boolean newLine;

  /** DECSCUSR: 0 default, 1–2 block, 3–4 underline, 5–6 bar; odd ones blink. */
  int cursorShape;

  /** Sets a DEC private mode that is a plain switch; others are ignored. */
  void setPrivate(int mode, boolean on) {
    switch (mode) {
      case 1 -> applicationCursor = on;
      case 5 -> reverseScreen = on;
      case 6 -> origin = on;
      case 7 -> autoWrap = on;
      case 9, 1000, 1002, 1003 -> mouse = on ? mode : 0;
      case 25 -> cursorVisible = on;
      case 66 -> applicationKeypad = on;
      case 1004 -> focusReports = on;
      case 1006 -> mouseSgr = on;
      case 2004 -> bracketedPaste = on;
      default -> {}
    }
  }

  void setAnsi(int mode, boolean on) {
    if (mode == 4) {
      insert = on;
    } else if (mode == 20) {
      newLine = on;
    }
  }

  /** The value of a DECRPM report: 1 set, 2 reset, 0 not known. */
  int report(boolean isPrivate, int mode, boolean alternate) {
    if (!isPrivate) {
      return switch (mode) {
        case 4 -> state(insert);
        case 20 -> state(newLine);
        default -> 0;
      };
    }
    return switch (mode) {
      case 1 -> state(applicationCursor);
      case 5 -> state(reverseScreen);
      case 6 -> state(origin);
      case 7 -> state(autoWrap);
      case 9, 1000, 1002, 1003 -> state(mouse == mode);
      case 25 -> state(cursorVisible);
      case 47, 1047, 1049 -> state(alternate);
      case 66 -> state(applicationKeypad);
      case 1004 -> state(focusReports);
      case 1006 -> state(mouseSgr);
      case 2004 -> state(bracketedPaste);
      default -> 0;
    };
  }

  private static int state(boolean on) {
    return on ? 1 : 2;
  }
}
