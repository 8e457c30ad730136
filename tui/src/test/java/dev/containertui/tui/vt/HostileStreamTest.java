package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
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
    "\u0018",
    "\u200d",
    "\ufe0f",
    "👩",
    "🇩",
    "🏽",
    "=",
    "<",
    "\"",
    "*",
    "1047",
    "2026",
    "2027",
    "1006",
    "4",
    "6",
    "7",
    "20",
    "s",
    "A",
    "B",
    "C",
    "D",
    "E",
    "F",
    "I",
    "Z",
    "g",
    "8;;http://a/",
    "52;c;aGk=",
    "$qm",
    "+q",
    "\u001b[?1049h",
    "\u001b[2;3r",
    "\u001b[?6h",
    "\u001b[58:2::1:2:3m",
    "\u001b[44m"
  };

  /**
   * How many times as long as usual the random tests run: {@code -Dvt.fuzz.times=1000} takes about
   * half an hour. {@code -Dvt.fuzz.seed} gives them other numbers.
   */
  private static final int TIMES = Integer.getInteger("vt.fuzz.times", 1);

  private static final long SEED = Long.getLong("vt.fuzz.seed", 1);

  private static final long MAX_BYTES = 20_000;

  /** Fixed text and numbers. */
  private static final Pattern ANSWER =
      Pattern.compile(
          "\\\\e\\[[?>]?[0-9;]*(\\$y|[cnRt])"
              + "|\\\\eP[01]\\$r[0-9;:]*( q|\"p|[mr])?|\\\\eP0\\+r|\\\\eP!\\|0{8}"
              + "|\\\\e\\\\");

  /** A piece of a sequence, or a whole one. */
  static String piece(Random random) {
    return PIECES[random.nextInt(PIECES.length)];
  }

  @Test
  void randomBytes() {
    Random random = new Random(SEED);
    for (int round = 0; round < 300 * TIMES; round++) {
      TerminalFixture terminal =
          new TerminalFixture(1 + random.nextInt(40), 1 + random.nextInt(12), 50, MAX_BYTES);
      byte[] bytes = new byte[4000];
      random.nextBytes(bytes);
      if (round % 2 == 0) {
        for (int i = 0; i < bytes.length; i += 1 + random.nextInt(8)) {
          bytes[i] = (byte) "\u001b[]P;:0123456789?hlm\r\n".charAt(random.nextInt(22));
        }
      }
      terminal.emulator.feed(bytes);
      check(terminal);
    }
  }

  @Test
  void randomSequencesWithResizes() {
    Random random = new Random(SEED + 1);
    for (int round = 0; round < 400 * TIMES; round++) {
      TerminalFixture terminal =
          new TerminalFixture(1 + random.nextInt(20), 1 + random.nextInt(8), 50, MAX_BYTES);
      for (int i = 0; i < 400; i++) {
        terminal.write(piece(random));
        if (random.nextInt(60) == 0) {
          terminal.resize(random.nextInt(24), random.nextInt(10));
        }
        if (random.nextInt(8) == 0) {
          terminal.nanoTime += random.nextInt(300_000_000);
          check(terminal);
        }
      }
      check(terminal);
    }
  }

  @Test
  void answersHoldNothingThatAGuestWrote() {
    Random random = new Random(SEED + 2);
    for (int round = 0; round < 300 * TIMES; round++) {
      TerminalFixture terminal = new TerminalFixture(20, 5);
      for (int i = 0; i < 300; i++) {
        terminal.write(piece(random)).write(random.nextInt(9) == 0 ? "EVIL\r\n" : "");
      }
      String rest = terminal.replied().replace("\\eP>|container-tui\\e\\", "");
      for (String answer : rest.split("(?=\\\\e)")) {
        assertTrue(answer.isEmpty() || ANSWER.matcher(answer).matches(), answer);
      }
    }
  }

  @Test
  void theHistoryKeepsToItsBytes() {
    TerminalFixture terminal = new TerminalFixture(1000, 5, 100_000, 1 << 20);
    for (int i = 0; i < 300; i++) {
      terminal.write("\\e[3" + i % 8 + "mx\\e[mye\u0301".repeat(200) + "\r\n");
      assertTrue(terminal.emulator.historyBytes() <= 1 << 20);
    }
    assertTrue(terminal.view().historySize() > 20);
    assertTrue(terminal.view().historySize() < 300);
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

  private static void check(TerminalFixture terminal) {
    Emulator emulator = terminal.emulator;
    TerminalView view = emulator.view(0);
    assertEquals(emulator.rows(), view.lines().size());
    assertTrue(view.cursorColumn() >= 0 && view.cursorColumn() < view.columns());
    assertTrue(view.cursorRow() >= 0 && view.cursorRow() < view.lines().size());
    for (Line line : view.lines()) {
      assertEquals(view.columns(), line.columns());
      check(line);
    }
    for (int back = view.historySize(); back > 0; back--) {
      check(emulator.view(back).lines().getFirst());
    }
    assertTrue(view.historySize() <= 50);
    assertTrue(emulator.historyBytes() <= MAX_BYTES);
    assertTrue(emulator.title().length() <= Titles.MAX_LENGTH + 1);
    assertTrue(emulator.heldStill().compareTo(Synchronization.LIMIT) <= 0);
    emulator.text(new Position(0, 0), new Position(Long.MAX_VALUE, 0));
    for (Match match : emulator.search("a", true, 20)) {
      assertEquals(
          "a",
          emulator
              .text(match.start(), match.end())
              .substring(0, 1)
              .toLowerCase(java.util.Locale.ROOT));
    }
  }

  private static void check(Line line) {
    for (int x = 0; x < line.columns(); x++) {
      int glyph = line.glyph(x);
      boolean tail = x + 1 < line.columns() && line.glyph(x + 1) == Line.SPACER;
      if (glyph > 0 && CharWidth.of(glyph) == 2) {
        assertTrue(tail, "a wide character has its second cell");
      }
      assertTrue(!tail || glyph > 0, "and no other but a cluster has");
      assertTrue(glyph == 0 || glyph == Line.SPACER || glyph >= 0x20 && glyph != 0x7f);
      assertTrue(line.content(x).length() <= 2 + 2 * CellDetails.MAX_MARKS);
    }
  }
}
