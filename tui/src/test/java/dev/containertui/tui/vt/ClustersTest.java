package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Wide, combining and joined characters. */
class ClustersTest {
  private static TerminalFixture clusters(String text) {
    return new TerminalFixture(10, 3).write("\\e[?2027h" + text);
  }

  private static String content(TerminalFixture terminal, int column) {
    return terminal.view().lines().getFirst().content(column);
  }

  @Test
  void widths() {
    assertEquals(1, CharWidth.of('a'));
    assertEquals(2, CharWidth.of('漢'));
    assertEquals(2, CharWidth.of(0x1f600));
    assertEquals(2, CharWidth.of(0xff21));
    assertEquals(2, CharWidth.of(0x1100));
    assertEquals(0, CharWidth.of(0x1160));
    assertEquals(0, CharWidth.of(0x301));
    assertEquals(0, CharWidth.of(0x200d));
    assertEquals(0, CharWidth.of(0xfe0f));
    assertEquals(1, CharWidth.of(0x10ffff));
    for (int ambiguous : new int[] {'±', '§', 'α', '─', '█', '●', '…', 0xe0b0}) {
      assertEquals(1, CharWidth.of(ambiguous), Integer.toHexString(ambiguous));
    }
  }

  @Test
  void programsThatCountCodePointsGetACellForEach() {
    TerminalFixture terminal = new TerminalFixture(10, 3).write("👩‍💻x❤\ufe0fy🇩🇪z");
    assertEquals("👩💻x❤y🇩🇪z", terminal.screen().replace(" ", ""));
    assertEquals("0,1", terminal.write("").cursor().replace("9,0", "0,1"));
    assertEquals("👩‍", content(terminal, 0));
    assertEquals("❤\ufe0f", content(terminal, 5));
    assertEquals("❤", terminal.view().lines().getFirst().text(5), "drawn without its selector");
  }

  @Test
  void programsThatAskForClustersGetOneCellForEach() {
    TerminalFixture terminal = clusters("👩‍💻x");
    assertEquals("3,0", terminal.cursor());
    assertEquals("👩‍💻", content(terminal, 0));
    assertEquals("👩", terminal.view().lines().getFirst().text(0), "drawn so that it takes two");
    assertEquals("3,0", clusters("👍🏽x").cursor());
    assertEquals("5,0", clusters("🇩🇪🇫🇷x").cursor());
    assertEquals("3,0", clusters("❤\ufe0fx").cursor());
    assertEquals("3,0", clusters("👨‍👩‍👧‍👦x").cursor());
    assertEquals("3,0", clusters("각x").cursor());
    assertEquals("5,0", clusters("👩💻x").cursor(), "without a joiner they stay two");
  }

  @Test
  void aClusterThatCannotBeWidenedAtTheEdgeStaysNarrow() {
    TerminalFixture terminal = clusters("123456789❤\ufe0f");
    assertEquals("9,0", terminal.cursor());
    assertEquals("❤\ufe0f", content(terminal, 9));
  }

  @Test
  void wideningTakesTheCellBehindWithItsOtherHalf() {
    TerminalFixture terminal = clusters("a漢b\\e[1G❤\ufe0f");
    assertEquals("❤  b", terminal.screen().replace("❤", "❤ ").replace("❤   b", "❤  b"));
    assertEquals(Line.SPACER, terminal.view().lines().getFirst().glyph(1));
    assertEquals(0, terminal.view().lines().getFirst().glyph(2));
  }

  @Test
  void aJoinerWithoutAPartnerJoinsNothing() {
    assertEquals("a\u200d", content(clusters("a\u200db"), 0));
    assertEquals("2,0", clusters("a\u200db").cursor());
    assertEquals("1,0", clusters("\u200da").cursor());
  }

  @Test
  void invisibleCharactersThatCouldMoveTextAreDropped() {
    TerminalFixture terminal =
        new TerminalFixture(10, 3).write("a\u202eb\u2066c\u200bd\u2028e\ufefff");
    assertEquals("abcdef", terminal.screen());
    assertEquals("a", content(terminal, 0));
  }

  @Test
  void insertingAndDeletingKeepHalvesTogether() {
    assertEquals(" X字", new TerminalFixture(10, 2).write("漢字\\e[2GX").screen());
    assertEquals(
        "abcdefgh", new TerminalFixture(10, 2).write("abcdefgh漢\\e[1G\\e[@").screen().strip());
    assertEquals("a", new TerminalFixture(3, 2).write("a漢\\e[1G\\e[4hX").screen().replace("X", ""));
    assertEquals(" 字", new TerminalFixture(10, 2).write("漢字\\e[1G\\e[P").screen());
    assertEquals("漢", new TerminalFixture(10, 2).write("漢字\\e[4G\\e[X").screen());
    assertEquals("b漢", new TerminalFixture(4, 2).write("ab漢\\e[1G\\e[P").screen());
    assertEquals("X漢", new TerminalFixture(3, 2).write("漢\\e[1G\\e[4hX").screen());
  }

  @Test
  void aWideCharacterInTheLastColumnWithoutWrapGoesOneBack() {
    TerminalFixture terminal = new TerminalFixture(5, 2).write("\\e[?7labcde漢");
    assertEquals("abc漢", terminal.screen());
  }

  @Test
  void aScreenOfOneColumnHasNoRoomForWideOnes() {
    assertEquals("a", new TerminalFixture(1, 2).write("漢a").screen());
  }
}
