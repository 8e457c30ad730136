package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** It does not matter into which pieces output is cut. */
class InputTest {
  private static final String[] TEXTS = {
    "plain text",
    "漢字とかな",
    "é",
    "e\u0301",
    "\u007f",
    "\u0085",
    "\r\n",
    "\u001b[31;1m",
    "\u001b[38;2;1;2;3m",
    "\u001b[4:3m",
    "\u001b[2;3H",
    "\u001b[K",
    "\u001b7",
    "\u001b8",
    "\u001b(0",
    "\u001b(B",
    "\u001b[1\n;31m",
    "\u001b[!p",
    "\u001b[ q",
    "\u001b[1  q",
    "\u001b[1 2q",
    "\u001b[?25;;1004h",
    "\u001b[1?h",
    "\u001b[?<m",
    "\u001b]0;title\u001b\\",
    "\u001b[3\u0080m",
    "\u001b\u001b[1m",
    "\u001b[\u001bM",
    "\u001b[99999999999A",
    "\uffff",
    "😀"
  };
  private static final byte[] BROKEN = {
    (byte) 0xe6,
    (byte) 0xc3,
    (byte) 0xf0,
    (byte) 0x90,
    (byte) 0xed,
    (byte) 0xa0,
    (byte) 0x80,
    (byte) 0xff,
    (byte) 0xc0
  };

  @Test
  void cutAnywhere() {
    Random random = new Random(5);
    for (int round = 0; round < 2000; round++) {
      byte[] stream = stream(random);
      TerminalFixture whole = new TerminalFixture(12, 4);
      whole.emulator.feed(stream);
      TerminalFixture single = new TerminalFixture(12, 4);
      for (byte b : stream) {
        single.emulator.feed(new byte[] {b});
      }
      TerminalFixture pieces = new TerminalFixture(12, 4);
      for (int i = 0; i < stream.length; ) {
        int n = Math.min(stream.length - i, 1 + random.nextInt(20));
        pieces.emulator.feed(stream, i, n);
        i += n;
      }
      String expected = looks(single);
      assertEquals(expected, looks(whole));
      assertEquals(expected, looks(pieces));
    }
  }

  @Test
  void aRunThatIsLongerThanIsDecodedAtATime() {
    String text = "漢字é".repeat(1000);
    TerminalFixture terminal = new TerminalFixture(50, 200).write(text);
    assertEquals(text, terminal.screen().replace("|", ""));
  }

  @Test
  void everyCharacterTakesTheSamePlaceBothWays() {
    for (int c = 0xa0; c <= Character.MAX_CODE_POINT; c += c < 0x3200 ? 1 : 61) {
      byte[] bytes = ("a" + Character.toString(c) + "b").getBytes(StandardCharsets.UTF_8);
      TerminalFixture whole = new TerminalFixture(5, 1);
      whole.emulator.feed(bytes);
      TerminalFixture single = new TerminalFixture(5, 1);
      for (byte b : bytes) {
        single.emulator.feed(new byte[] {b});
      }
      assertEquals(single.screen(), whole.screen(), Integer.toHexString(c));
      assertEquals(single.cursor(), whole.cursor(), Integer.toHexString(c));
    }
  }

  private static byte[] stream(Random random) {
    java.io.ByteArrayOutputStream stream = new java.io.ByteArrayOutputStream();
    for (int i = 0; i < 40; i++) {
      if (random.nextInt(10) == 0) {
        stream.write(BROKEN[random.nextInt(BROKEN.length)]);
      } else if (random.nextInt(3) == 0) {
        stream.writeBytes(HostileStreamTest.piece(random).getBytes(StandardCharsets.UTF_8));
      } else {
        stream.writeBytes(TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8));
      }
    }
    return stream.toByteArray();
  }

  /** All that there is to see, and what was answered. */
  private static String looks(TerminalFixture terminal) {
    StringBuilder looks = new StringBuilder(terminal.cursor()).append(terminal.replied());
    looks.append(terminal.emulator.title()).append(terminal.emulator.bells());
    for (int back = terminal.view().historySize(); back >= 0; back--) {
      for (Line line : terminal.emulator.view(back).lines()) {
        looks.append('\n');
        for (int x = 0; x < line.columns(); x++) {
          looks.append(line.content(x)).append(line.style(x)).append(line.underlineColor(x));
        }
      }
    }
    return looks.toString();
  }
}
