package dev.containertui.tui.vt;

import java.util.function.IntConsumer;

/**
 * UTF-8 to code points, one byte at a time, so that a sequence may be split over reads anywhere.
 *
 * <p>What is not UTF-8 (overlong forms, surrogates, lone or missing continuation bytes) becomes
 * U+FFFD, one for each maximal subpart, as the Unicode Standard recommends (section 3.9, "U+FFFD
 * Substitution of Maximal Subparts").
 */
final class Utf8Decoder {
  private static final int REPLACEMENT = 0xfffd;

  private int value;
  private int remaining;
  private int lowest;
  private int highest;

  /** Whether no sequence is open: then bytes of ASCII may go past the decoder. */
  boolean isIdle() {
    return remaining == 0;
  }

  /** Takes a byte, 0–255. */
  void decode(int b, IntConsumer sink) {
    if (remaining > 0) {
      if (b >= lowest && b <= highest) {
        value = value << 6 | b & 0x3f;
        lowest = 0x80;
        highest = 0xbf;
        if (--remaining == 0) {
          sink.accept(value);
        }
        return;
      }
      remaining = 0;
      sink.accept(REPLACEMENT); // and look at this byte anew
    }
    if (b < 0x80) {
      sink.accept(b);
    } else if (b >= 0xc2 && b <= 0xdf) {
      expect(1, b & 0x1f, 0x80, 0xbf);
    } else if (b >= 0xe0 && b <= 0xef) {
      // E0: no overlong forms; ED: no surrogates.
      expect(2, b & 0x0f, b == 0xe0 ? 0xa0 : 0x80, b == 0xed ? 0x9f : 0xbf);
    } else if (b >= 0xf0 && b <= 0xf4) {
      // F0: no overlong forms; F4: nothing above U+10FFFF.
      expect(3, b & 0x07, b == 0xf0 ? 0x90 : 0x80, b == 0xf4 ? 0x8f : 0xbf);
    } else {
      sink.accept(REPLACEMENT);
    }
  }

  private void expect(int continuations, int start, int low, int high) {
    remaining = continuations;
    value = start;
    lowest = low;
    highest = high;
  }
}
