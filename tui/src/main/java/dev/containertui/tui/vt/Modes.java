package dev.containertui.tui.vt;

/** The switches of a terminal (xterm's "Control Sequences", DECSET and SM). */
final class Modes {
  MouseModes.Tracking tracking = MouseModes.Tracking.OFF;
  MouseModes.Encoding mouseEncoding = MouseModes.Encoding.CLASSIC;

  /** Mode 1007: on the alternate screen the wheel types arrow keys. */
  boolean alternateScroll = true;

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

  /** Mode 2027: cells hold grapheme clusters, see {@link Clusters}. */
  boolean clusters;

  /** DECSCUSR: 0 default, 1–2 block, 3–4 underline, 5–6 bar; odd ones blink. */
  int cursorShape;

  /** Sets a DEC private mode that is a plain switch; others are ignored. */
  void setPrivate(int mode, boolean on) {
    switch (mode) {
      case 1 -> applicationCursor = on;
      case 5 -> reverseScreen = on;
      case 6 -> origin = on;
      case 7 -> autoWrap = on;
      case 9, 1000, 1002, 1003 ->
          tracking = on ? MouseModes.Tracking.of(mode) : MouseModes.Tracking.OFF;
      case 25 -> cursorVisible = on;
      case 66 -> applicationKeypad = on;
      case 1004 -> focusReports = on;
      case 1005, 1006, 1015 -> {
        if (on) {
          mouseEncoding = MouseModes.Encoding.of(mode);
        } else if (mouseEncoding == MouseModes.Encoding.of(mode)) {
          mouseEncoding = MouseModes.Encoding.CLASSIC;
        }
      }
      case 1007 -> alternateScroll = on;
      case 2004 -> bracketedPaste = on;
      case 2027 -> clusters = on;
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

  /** DECSTR: what a soft reset changes. */
  void softReset() {
    cursorVisible = true;
    origin = false;
    insert = false;
    autoWrap = true;
    applicationCursor = false;
    applicationKeypad = false;
  }

  /** The value of a DECRPM report for a plain switch: 1 set, 2 reset, 0 not known. */
  int report(boolean isPrivate, int mode) {
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
      case 9, 1000, 1002, 1003 -> state(tracking == MouseModes.Tracking.of(mode));
      case 25 -> state(cursorVisible);
      case 66 -> state(applicationKeypad);
      case 1004 -> state(focusReports);
      case 1005, 1006, 1015 -> state(mouseEncoding == MouseModes.Encoding.of(mode));
      case 1007 -> state(alternateScroll);
      case 2004 -> state(bracketedPaste);
      case 2027 -> state(clusters);
      default -> 0;
    };
  }

  static int state(boolean on) {
    return on ? 1 : 2;
  }
}
