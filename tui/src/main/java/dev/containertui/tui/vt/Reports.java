package dev.containertui.tui.vt;

/**
 * The answers to a guest's questions. They consist of fixed text and numbers only; nothing that a
 * guest wrote (title, names, text on the screen) ever comes back as input.
 */
final class Reports {
  private final Interpreter t;

  Reports(Interpreter interpreter) {
    t = interpreter;
  }

  /** DA1: a VT220 with colour. */
  void primaryAttributes() {
    t.reply("\u001b[?62;22c");
  }

  /** DA2: type VT220, version 10, no cartridge. */
  void secondaryAttributes() {
    t.reply("\u001b[>0;10;0c");
  }

  /** DA3: no serial number. */
  void tertiaryAttributes() {
    t.reply("\u001bP!|00000000\u001b\\");
  }

  /** XTVERSION. */
  void version() {
    t.reply("\u001bP>|container-tui\u001b\\");
  }

  /** DSR, and CPR or DECXCPR. */
  void status(int what, boolean isPrivate) {
    String prefix = isPrivate ? "?" : "";
    if (what == 5 && !isPrivate) {
      t.reply("\u001b[0n");
    } else if (what == 6) {
      int row = t.cursor.row - (t.modes.origin ? t.top : 0) + 1;
      t.reply("\u001b[" + prefix + row + ";" + (t.cursor.column + 1) + "R");
    } else if (what == 15 && isPrivate) {
      t.reply("\u001b[?13n"); // no printer
    } else if (what == 25 && isPrivate) {
      t.reply("\u001b[?21n"); // user-defined keys are locked
    } else if (what == 26 && isPrivate) {
      t.reply("\u001b[?27;1n"); // a North American keyboard
    }
  }

  /** DECRPM. */
  void mode(boolean isPrivate, int mode) {
    int value =
        switch (isPrivate ? mode : 0) {
          case 47, 1047, 1049 -> Modes.state(t.onAlternate());
          case 2026 -> Modes.state(t.synchronization.frozen() != null);
          default -> t.modes.report(isPrivate, mode);
        };
    t.reply("\u001b[" + (isPrivate ? "?" : "") + mode + ";" + value + "$y");
  }

  /** XTWINOPS 18: the size in characters. */
  void size() {
    t.reply("\u001b[8;" + t.grid.rows() + ";" + t.grid.columns() + "t");
  }

  /** DECRQSS: the value of a setting, or that it is not known. */
  void setting(String name) {
    String value =
        switch (name) {
          case "m" -> Rendition.describe(t.cursor) + "m";
          case "r" -> (t.top + 1) + ";" + (t.bottom + 1) + "r";
          case " q" -> t.modes.cursorShape + " q";
          case "\"p" -> "62;1\"p";
          default -> "";
        };
    t.reply("\u001bP" + (value.isEmpty() ? "0" : "1") + "$r" + value + "\u001b\\");
  }

  /** XTGETTCAP: nothing is known, so that nobody waits for an answer. */
  void noCapability() {
    t.reply("\u001bP0+r\u001b\\");
  }
}
