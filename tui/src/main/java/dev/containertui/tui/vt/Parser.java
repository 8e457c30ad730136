package dev.containertui.tui.vt;

/**
 * The state machine that cuts a stream of code points into text, controls and sequences, after Paul
 * Williams' "A parser for DEC's ANSI-compatible video terminals" (vt100.net/emu/dec_ansi_parser).
 *
 * <p>Differences: it sees code points, not bytes; the C1 controls U+0080–U+009F are dropped,
 * because in UTF-8 nobody means them; an OSC string also ends with BEL, as xterm does.
 */
final class Parser {
  /** What the parser finds. */
  interface Handler {
    void print(int codePoint);

    /** A C0 control other than ESC, CAN and SUB. */
    void control(int code);

    /** {@code ESC intermediate final}; {@code intermediate} is 0 if there is none. */
    void escape(int intermediate, int last);

    /**
     * {@code CSI prefix parameters intermediate final}; {@code prefix} is one of {@code < = > ?} or
     * 0.
     */
    void csi(int prefix, Parameters parameters, int intermediate, int last);

    /** An operating system command, at most {@link #MAX_COMMAND} {@code char}s. */
    void osc(String text);

    /** A device control string, at most {@link #MAX_DEVICE_STRING} {@code char}s. */
    void dcs(int prefix, Parameters parameters, int intermediate, int last, String text);
  }

  /** A longer operating system command is swallowed and not handed on. */
  static final int MAX_COMMAND = 76_000;

  /** A longer device control string is swallowed and not handed on. */
  static final int MAX_DEVICE_STRING = 4096;

  /** A buffer that has grown beyond this is not kept. */
  private static final int KEPT_BUFFER = 8192;

  private enum State {
    GROUND,
    ESCAPE,
    ESCAPE_INTERMEDIATE,
    CSI_ENTRY,
    CSI_PARAMETER,
    CSI_INTERMEDIATE,
    CSI_IGNORE,
    DCS_ENTRY,
    DCS_PARAMETER,
    DCS_INTERMEDIATE,
    DCS_STRING,
    DCS_IGNORE,
    OSC_STRING,
    OTHER_STRING
  }

  private static final int BEL = 0x07;
  private static final int CAN = 0x18;
  private static final int SUB = 0x1a;
  private static final int ESC = 0x1b;
  private static final int DEL = 0x7f;

  private final Handler handler;
  private final Parameters parameters = new Parameters();
  private StringBuilder string = new StringBuilder();
  private State state = State.GROUND;
  private boolean tooLong;
  private int prefix;
  private int intermediate;
  private int last;

  Parser(Handler handler) {
    this.handler = handler;
  }

  /** Whether no sequence is open, so that the next printable character is just printed. */
  boolean isGround() {
    return state == State.GROUND;
  }

  /**
   * Takes an escape or control sequence that lies there whole and has nothing unusual in it: no
   * controls, at most one intermediate character, no string.
   *
   * @param from where its ESC is; no other sequence is open
   * @return where it ends; {@code from} if there is no such sequence, and nothing was done
   */
  int whole(byte[] bytes, int from, int to) {
    int i = from + 1;
    if (i >= to) {
      return from;
    }
    int c = bytes[i++];
    if (c == '[') {
      return wholeControl(bytes, from, i, to);
    }
    int intermediateOrNone = 0;
    if (c >= 0x20 && c <= 0x2f && i < to) {
      intermediateOrNone = c;
      c = bytes[i++];
    } else if (c == ']' || c == 'P' || c == 'X' || c == '^' || c == '_') {
      return from;
    }
    if (c < 0x30 || c >= DEL) {
      return from;
    }
    handler.escape(intermediateOrNone, c);
    return i;
  }

  private int wholeControl(byte[] bytes, int from, int start, int to) {
    int i = start;
    int prefixOrNone = 0;
    if (i < to && bytes[i] >= '<' && bytes[i] <= '?') {
      prefixOrNone = bytes[i++];
    }
    i = parameters.read(bytes, i, to);
    int intermediateOrNone = 0;
    if (i < to && bytes[i] >= 0x20 && bytes[i] <= 0x2f) {
      intermediateOrNone = bytes[i++];
    }
    if (i >= to || bytes[i] < 0x40 || bytes[i] >= DEL) {
      return from;
    }
    handler.csi(prefixOrNone, parameters, intermediateOrNone, bytes[i]);
    return i + 1;
  }

  void accept(int c) {
    if (c == ESC) {
      endString(false);
      clear();
      state = State.ESCAPE;
    } else if (c == CAN || c == SUB) {
      clear();
      state = State.GROUND;
    } else if (c < 0x80 || c > 0x9f) {
      step(c);
    }
  }

  private void step(int c) {
    switch (state) {
      case GROUND -> {
        if (c < 0x20) {
          handler.control(c);
        } else if (c != DEL) {
          handler.print(c);
        }
      }
      case ESCAPE -> escape(c);
      case ESCAPE_INTERMEDIATE -> {
        if (c < 0x20) {
          handler.control(c);
        } else if (c <= 0x2f) {
          intermediate = c;
        } else if (c < DEL) {
          state = State.GROUND;
          handler.escape(intermediate, c);
        } else if (c > DEL) {
          state = State.GROUND;
        }
      }
      case CSI_ENTRY, CSI_PARAMETER, CSI_INTERMEDIATE, CSI_IGNORE -> csi(c);
      case DCS_ENTRY, DCS_PARAMETER, DCS_INTERMEDIATE -> dcsHeader(c);
      case DCS_STRING -> collect(c);
      case OSC_STRING -> {
        if (c == BEL) {
          endString(true);
          state = State.GROUND;
        } else if (c >= 0x20) {
          collect(c);
        }
      }
      case DCS_IGNORE, OTHER_STRING -> {}
    }
  }

  private void escape(int c) {
    if (c < 0x20) {
      handler.control(c);
      return;
    }
    if (c >= DEL) {
      if (c > DEL) {
        state = State.GROUND;
      }
      return;
    }
    switch (c) {
      case '[' -> state = State.CSI_ENTRY;
      case ']' -> state = State.OSC_STRING;
      case 'P' -> state = State.DCS_ENTRY;
      case 'X', '^', '_' -> state = State.OTHER_STRING;
      default -> {
        if (c <= 0x2f) {
          intermediate = c;
          state = State.ESCAPE_INTERMEDIATE;
        } else {
          state = State.GROUND;
          handler.escape(0, c);
        }
      }
    }
  }

  private void csi(int c) {
    if (c < 0x20) {
      handler.control(c);
    } else if (c >= DEL) {
      if (c > DEL) {
        state = State.CSI_IGNORE;
      }
    } else if (c >= 0x40) {
      boolean ignored = state == State.CSI_IGNORE;
      state = State.GROUND;
      if (!ignored) {
        handler.csi(prefix, parameters, intermediate, c);
      }
    } else if (state != State.CSI_IGNORE) {
      state = header(c, State.CSI_ENTRY, State.CSI_PARAMETER, State.CSI_INTERMEDIATE);
    }
  }

  private void dcsHeader(int c) {
    if (c >= 0x40 && c < DEL) {
      last = c;
      state = State.DCS_STRING;
    } else if (c > DEL) {
      state = State.DCS_IGNORE;
    } else if (c >= 0x20 && c < DEL) {
      State next = header(c, State.DCS_ENTRY, State.DCS_PARAMETER, State.DCS_INTERMEDIATE);
      state = next == State.CSI_IGNORE ? State.DCS_IGNORE : next;
    }
  }

  /** A character between the introducer and the final one, 0x20 to 0x3f. */
  private State header(int c, State entry, State parameter, State after) {
    if (c <= 0x2f) {
      if (state == after) {
        return State.CSI_IGNORE; // two intermediates: nothing we know has them
      }
      intermediate = c;
      return after;
    }
    if (state == after) {
      return State.CSI_IGNORE;
    }
    if (c >= '<') {
      if (state != entry) {
        return State.CSI_IGNORE;
      }
      prefix = c;
    } else if (c == ';' || c == ':') {
      parameters.separator(c == ':');
    } else {
      parameters.digit(c - '0');
    }
    return parameter;
  }

  private void collect(int c) {
    int most = state == State.OSC_STRING ? MAX_COMMAND : MAX_DEVICE_STRING;
    if (string.length() >= most) {
      tooLong = true;
    } else {
      string.appendCodePoint(c);
    }
  }

  /** Ends a string, if one is open. ESC ends it too: ST is ESC \, and the \ does nothing more. */
  private void endString(boolean bell) {
    if (!tooLong) {
      if (state == State.OSC_STRING) {
        handler.osc(string.toString());
      } else if (state == State.DCS_STRING && !bell) {
        handler.dcs(prefix, parameters, intermediate, last, string.toString());
      }
    }
    clearString();
  }

  private void clearString() {
    if (string.capacity() > KEPT_BUFFER) {
      string = new StringBuilder();
    }
    string.setLength(0);
    tooLong = false;
  }

  private void clear() {
    parameters.clear();
    clearString();
    prefix = 0;
    intermediate = 0;
  }
}
