package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing that a guest writes may throw, hang or break the grid's invariants. */
class HostileStreamTest {
  private static final String[] PIECES = {
    "\u001b[",
    "\u001b]",
    "\u001bP",
    "\u001b",
    "?",
    ">",
    "$",
    " ",
    "!",
    ";",
    ":",
    "38",
    "2",
    "0",
    "999999999999",
    "1049",
    "47",
    "h",
    "l",
    "m",
    "r",
    "J",
    "K",
    "L",
    "M",
    "P",
    "@",
    "X",
    "S",
    "T",
    "b",
    "H",
    "G",
    "d",
    "n",
    "c",
    "p",
    "q",
    "t",
    "u",
    "\u0007",
    "\u001b\\",
    "\r",
    "\n",
    "\t",
    "\b",
    "\u000e",
    "(0",
    "(B",
    "#8",
    "7",
    "8",
    "漢",
    "😀",
    "e\u0301",
    "\u0301",
    "abc",
    "\u009b",
    "\u0018"
  };

  @Test
  void randomBytes() {
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      TerminalFixture terminal =
          new TerminalFixture(1 + random.nextInt(40), 1 + random.nextInt(12));
      byte[] bytes = new byte[4000];
      random.nextBytes(bytes);
      terminal.emulator.feed(bytes);
      check(terminal.emulator);
    }
  }

  @Test
  void randomSequencesWithResizes() {
    Random random = new Random(2);
    for (int round = 0; round < 400; round++) {
      TerminalFixture terminal = new TerminalFixture(1 + random.nextInt(20), 1 + random.nextInt(8));
      for (int i = 0; i < 400; i++) {
        terminal.write(PIECES[random.nextInt(PIECES.length)]);
        if (random.nextInt(60) == 0) {
          terminal.emulator.resize(random.nextInt(24), random.nextInt(10));
        }
        if (random.nextInt(40) == 0) {
          check(terminal.emulator);
        }
      }
      check(terminal.emulator);
    }
  }

  @Test
  void everySequenceCutShortAnywhere() {
    String stream =
        "a\u001b[38;2;1;2;3mb\u001b]0;title\u0007c\u001bP1$r0m\u001b\\d漢😀\u001b(0q\u001b[?1049h";
    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      TerminalFixture terminal = new TerminalFixture(20, 3);
      terminal.emulator.feed(bytes, 0, cut);
      terminal.emulator.feed("\u0018\u001bc".getBytes(StandardCharsets.UTF_8));
      terminal.write("ok");
      assertEquals("ok", terminal.screen(), "cut at " + cut);
    }
  }

  @Test
  void endlessStringsTakeNoMemory() {
    TerminalFixture terminal = new TerminalFixture(20, 3);
    byte[] chunk = "x".repeat(65536).getBytes(StandardCharsets.UTF_8);
    for (String start : new String[] {"\u001b]0;", "\u001bPq", "\u001b_", "\u001b[1"}) {
      terminal.write(start);
      for (int i = 0; i < 200; i++) {
        terminal.emulator.feed(start.equals("\u001b[1") ? digits(chunk.length) : chunk);
      }
      terminal.write("\u0018\\ec");
    }
    terminal.write("ok");
    assertEquals("ok", terminal.screen());
  }

  private static byte[] digits(int count) {
    return "1;".repeat(count / 2).getBytes(StandardCharsets.UTF_8);
  }

  private static void check(Emulator emulator) {
    TerminalView view = emulator.view(0);
    assertEquals(emulator.rows(), view.lines().size());
    assertTrue(view.cursorColumn() >= 0 && view.cursorColumn() < view.columns());
    assertTrue(view.cursorRow() >= 0 && view.cursorRow() < view.lines().size());
    for (Line line : view.lines()) {
      assertEquals(view.columns(), line.columns());
      for (int x = 0; x < line.columns(); x++) {
        int glyph = line.glyph(x);
        boolean wide = glyph > 0 && CharWidth.of(glyph) == 2;
        boolean tail = x + 1 < line.columns() && line.glyph(x + 1) == Line.SPACER;
        assertEquals(wide, tail, "a wide character has its second cell, and no other has");
        assertTrue(glyph == 0 || glyph == Line.SPACER || glyph >= 0x20 && glyph != 0x7f);
      }
    }
    emulator.view(Integer.MAX_VALUE).text();
  }
}
