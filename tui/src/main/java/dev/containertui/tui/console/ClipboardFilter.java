package dev.containertui.tui.console;

import java.io.ByteArrayOutputStream;

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
      case ESCAPE -> introduced(b, b == ']', out);
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

  private void number(int b, ByteArrayOutputStream out) {
    if (b >= '0' && b <= '9' && digits < MAX_DIGITS) {
      held.write(b);
      number = number * 10 + b - '0';
      digits++;
    } else if (number == 52) {
      held.reset();
      state = State.DROPPED;
      take(b, out);
    } else {
      release(out);
      text(b, out);
    }
  }
}
