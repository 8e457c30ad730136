package dev.containertui.tui.console;

import java.io.ByteArrayOutputStream;
import java.util.Set;

/**
 * Takes the commands out of a guest's output that write to the clipboard (OSC 52), for when it goes
 * to the user's terminal as it is: the emulator, which sees them too, has the user asked.
 */
final class ClipboardFilter {
  private static final int ESC = 0x1b;
  private static final int MAX_DIGITS = 8;

  private enum State {
    TEXT,
    ESCAPE,
    C1, // C2, which 9D makes the eight-bit form of OSC
    NUMBER,
    DROPPED,
    DROPPED_ESCAPE
  }

  /** More is not kept of controls and zeros: nobody honest sends them there. */
  private static final int MAX_HELD = 64;

  /** Of xterm, of iTerm2 (which has others there too), of kitty. */
  private static final Set<Integer> CLIPBOARD = Set.of(52, 1337, 5522);

  private State state = State.TEXT;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private int number;
  private int digits;

  /** What is to be written for the next piece of output; the start of a command is kept back. */
  byte[] filter(byte[] bytes, int offset, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + MAX_DIGITS);
    for (int i = offset; i < offset + length; i++) {
      take(bytes[i] & 0xff, out);
    }
    return out.toByteArray();
  }

  private void take(int b, ByteArrayOutputStream out) {
    switch (state) {
      case TEXT -> text(b, out);
      case ESCAPE -> {
        if (!ignored(b)) {
          introduced(b, b == ']', out);
        }
      }
      case C1 -> introduced(b, b == 0x9d, out);
      case NUMBER -> number(b, out);
      case DROPPED -> {
        if (b == 0x07 || b == 0x18 || b == 0x1a) {
          state = State.TEXT;
        } else if (b == ESC) {
          state = State.DROPPED_ESCAPE;
        }
      }
      case DROPPED_ESCAPE -> {
        state = State.TEXT;
        if (b != '\\') { // another sequence ends the string too
          hold(ESC, State.ESCAPE);
          take(b, out);
        }
      }
    }
  }

  private void text(int b, ByteArrayOutputStream out) {
    if (b == ESC) {
      hold(b, State.ESCAPE);
    } else if (b == 0xc2) {
      hold(b, State.C1);
    } else {
      out.write(b);
    }
  }

  private void hold(int b, State next) {
    held.write(b);
    state = next;
  }

  private void release(ByteArrayOutputStream out) {
    out.writeBytes(held.toByteArray());
    held.reset();
    state = State.TEXT;
  }

  private void introduced(int b, boolean command, ByteArrayOutputStream out) {
    if (command) {
      hold(b, State.NUMBER);
      number = 0;
      digits = 0;
    } else {
      release(out);
      text(b, out);
    }
  }

  /**
   * Terminals carry out control characters within a sequence, or leave them out, and go on with it
   * (P. Williams, "A parser for DEC's ANSI-compatible video terminals").
   */
  private boolean ignored(int b) {
    boolean ends = b == 0x07 || b == 0x18 || b == 0x1a || b == ESC;
    if (ends || b >= 0x20 && b != 0x7f) {
      return false;
    }
    if (held.size() < MAX_HELD) {
      held.write(b);
    }
    return true;
  }

  private void number(int b, ByteArrayOutputStream out) {
    if (ignored(b)) {
      return;
    }
    if (b == '0' && digits == 0) {
      if (held.size() < MAX_HELD) {
        held.write(b);
      }
    } else if (b >= '0' && b <= '9' && digits < MAX_DIGITS) {
      held.write(b);
      number = number * 10 + b - '0';
      digits++;
    } else if (CLIPBOARD.contains(number)) {
      held.reset();
      state = State.DROPPED;
      take(b, out);
    } else {
      release(out);
      text(b, out);
    }
  }
}
