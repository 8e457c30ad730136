package dev.containertui.tui.vt;

import java.util.function.IntConsumer;

/**
 * Takes bytes of output, cut into pieces anywhere. Text, controls and sequences that lie whole in
 * one piece, as nearly all do, go to the {@link Interpreter} at once; the rest takes the way of
 * {@link Utf8Decoder} and {@link Parser}, byte by byte. Both ways have the same effect.
 */
final class Input {
  private static final int ESC = 0x1b;
  private static final int DEL = 0x7f;

  private final Interpreter interpreter;
  private final Parser parser;
  private final IntConsumer codePoints;
  private final Utf8Decoder decoder = new Utf8Decoder();
  private final TextRun text = new TextRun();

  Input(Interpreter interpreter) {
    this.interpreter = interpreter;
    parser = new Parser(interpreter);
    codePoints = parser::accept;
  }

  void feed(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (parser.isGround() && decoder.isIdle()) {
        i = whole(bytes, i, to);
        if (i == to) {
          return;
        }
      }
      decoder.decode(bytes[i++] & 0xff, codePoints);
    }
  }

  /** Takes what lies there whole, up to the first thing that does not. */
  private int whole(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      int b = bytes[i];
      int end;
      if (b >= 0x20 && b != DEL) {
        end = TextRun.endOfAscii(bytes, i, to);
        interpreter.printer.printAscii(bytes, i, end);
      } else if (b < 0) {
        end = text.read(bytes, i, to);
        interpreter.printer.print(text);
      } else if (b == ESC) {
        end = parser.whole(bytes, i, to);
      } else {
        if (b != DEL) {
          interpreter.control(b);
        }
        end = i + 1;
      }
      if (end == i) {
        return i;
      }
      i = end;
    }
    return i;
  }
}
