package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** A new size joins the rows of long texts and cuts them anew. */
class ReflowTest {
  @Test
  void aCursorOnAWideCharacterThatHasNoRoomAnyMoreIsNotLost() {
    TerminalFixture terminal = new TerminalFixture(20, 3, 10, 100_000);
    terminal.write("abcdefghijklmnopqrst\r\n".repeat(20) + "x\r\n漢yz\r");
    terminal.resize(1, 3);
    assertEquals("x|y|z", terminal.screen());
    assertEquals("0,1", terminal.cursor());
    terminal.write("!");
    assertEquals("x|!|z", terminal.screen());
  }

  @Test
  void aLongTextIsJoinedAndCutAnew() {
    TerminalFixture terminal = new TerminalFixture(5, 4).write("abcdefghijkl\r\nxy");
    assertEquals("abcde|fghij|kl|xy", terminal.screen());
    terminal.resize(8, 4);
    assertEquals("abcdefgh|ijkl|xy", terminal.screen());
    terminal.resize(20, 4);
    assertEquals("abcdefghijkl|xy", terminal.screen());
    assertEquals("2,1", terminal.cursor());
  }

  @Test
  void linesThatOnlyFilledARowAreNotJoined() {
    TerminalFixture terminal = new TerminalFixture(5, 4).write("abcde\r\nfghij\r\nk");
    terminal.resize(12, 4);
    assertEquals("abcde|fghij|k", terminal.screen());
  }

  @Test
  void aNarrowScreenPushesTextIntoHistoryAndAWideOneBringsItBack() {
    TerminalFixture terminal = new TerminalFixture(10, 3).write("0123456789abcdefghij\r\n$ ");
    terminal.resize(5, 3);
    assertEquals("abcde|fghij|$", terminal.screen());
    assertEquals("01234|56789|abcde|fghij|$", terminal.everything());
    assertEquals("2,2", terminal.cursor());
    terminal.resize(10, 3);
    assertEquals("0123456789|abcdefghij|$", terminal.screen());
    assertEquals("2,2", terminal.cursor());
    assertEquals(0, terminal.view().historySize());
  }

  @Test
  void theHistoryIsCutAnewToo() {
    TerminalFixture terminal = new TerminalFixture(10, 2);
    terminal.write("first line which is long\r\nsecond\r\nthird\r\nfourth");
    terminal.resize(30, 2);
    assertEquals("first line which is long|second|third|fourth", terminal.everything());
    assertEquals("third|fourth", terminal.screen());
    terminal.resize(6, 2);
    assertEquals("first|line w|hich i|s long|second|third|fourth", terminal.everything());
  }

  @Test
  void theCursorStaysAtItsCharacter() {
    TerminalFixture terminal = new TerminalFixture(10, 5).write("0123456789abcdefghij\\e[1;4H");
    for (int columns : new int[] {7, 4, 19, 40, 10}) {
      terminal.resize(columns, 5);
      int at = terminal.view().cursorColumn();
      assertEquals('3', terminal.view().lines().get(terminal.view().cursorRow()).glyph(at));
    }
    terminal.write("X");
    assertEquals("012X456789|abcdefghij", terminal.screen());
  }

  @Test
  void aCursorThatWaitsAtTheEdgeGoesOnBehindTheText() {
    TerminalFixture terminal = new TerminalFixture(5, 4).write("abcde");
    assertEquals("4,0", terminal.cursor());
    terminal.resize(8, 4).write("f");
    assertEquals("abcdef", terminal.screen());
    terminal.resize(6, 4).write("g");
    assertEquals("abcdef|g", terminal.screen());
    terminal.resize(10, 4);
    assertEquals("abcdefg", terminal.screen());
  }

  @Test
  void theSavedCursorMovesWithTheText() {
    TerminalFixture terminal = new TerminalFixture(10, 4).write("0123456789abc\\e7def\r\n");
    terminal.resize(20, 4).write("\\e8X");
    assertEquals("0123456789abcXef", terminal.screen());
  }

  @Test
  void aWideCharacterIsNeverCutInHalves() {
    TerminalFixture terminal = new TerminalFixture(6, 4).write("漢字漢字");
    terminal.resize(5, 4);
    assertEquals("漢字|漢字", terminal.screen());
    terminal.resize(3, 4);
    assertEquals("漢|字|漢|字", terminal.screen());
    terminal.resize(8, 4);
    assertEquals("漢字漢字", terminal.screen());
    terminal.resize(1, 4).resize(8, 4);
    assertEquals("", terminal.screen().replace(" ", ""));
  }

  @Test
  void colouredEmptinessAndMarksStay() {
    TerminalFixture terminal = new TerminalFixture(6, 3).write("\\e[44mae\u0301\\e[K\\e[m\r\nb");
    terminal.resize(4, 3);
    assertEquals("ae\u0301|b", terminal.screen());
    assertEquals(Style.indexed(4), Style.background(terminal.style(3, 0)));
    terminal.resize(6, 3);
    assertEquals(Style.DEFAULT_COLOR, Style.background(terminal.style(3, 1)));
  }

  @Test
  void anErasedEndAndAScrolledRegionEndALongText() {
    assertEquals(
        "abcde|XYhij",
        new TerminalFixture(5, 4)
            .write("abcdefghij\\e[1;5H\\e[K\\e[1;5He\\e[2;1HXY")
            .resize(20, 4)
            .screen());
    TerminalFixture region = new TerminalFixture(5, 4).write("abcdefghijklm\r\nzz");
    region.write("\\e[2;3r\\e[2;1H\\eM");
    assertEquals("abcde||fghij|zz", region.resize(20, 4).screen());
    TerminalFixture up = new TerminalFixture(5, 4).write("abcdefghijklm\\e[1;2r\\e[S\\e[2;1HXY");
    assertEquals("abcdefghij|XY|klm", up.resize(20, 4).everything());
  }

  @Test
  void aClearedScreenDoesNotGoOnWithTheHistory() {
    for (String clear :
        new String[] {"\\e[2J\\e[H", "\\e[H\\e[J", "\\e[H\\e[9M", "\\e[H\\e[9L", "\\e[9T\\e[H"}) {
      TerminalFixture terminal = new TerminalFixture(5, 2).write("abcdefghijk" + clear + "$");
      assertEquals("abcde|$", terminal.everything(), clear);
      assertEquals("abcde|$", terminal.resize(20, 2).everything(), clear);
    }
  }

  @Test
  void emptyRowsBelowTakeWhatANarrowScreenAdds() {
    TerminalFixture terminal = new TerminalFixture(8, 6);
    terminal.write("1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\n9\\e[H\\e[2Jabcdefgh\r\n$ ");
    assertEquals(3, terminal.view().historySize());
    terminal.resize(4, 6);
    assertEquals("abcd|efgh|$", terminal.screen());
    assertEquals(3, terminal.view().historySize());
  }

  @Test
  void cursorsOfTheAlternateScreenMoveUpWithIt() {
    TerminalFixture terminal = new TerminalFixture(10, 6);
    terminal.write("\\e[?1049h\\e[5;1Hmark\\e7\\e[6;1Hend").resize(10, 3);
    assertEquals("|mark|end", terminal.screen());
    assertEquals("|mark!|end", terminal.write("\\e8!").screen());
  }

  @Test
  void growingAfterAClearedScreenBringsNoOldTextBackBelow() {
    TerminalFixture terminal = new TerminalFixture(10, 4);
    terminal.write("1\r\n2\r\n3\r\n4\r\n5\\e[H\\e[2J$ ");
    terminal.resize(8, 4);
    assertEquals("$", terminal.screen());
    assertEquals("2,0", terminal.cursor());
    terminal.resize(12, 4);
    assertEquals("$", terminal.screen());
  }

  @Test
  void theMainScreenIsCutAnewBehindTheAlternateOne() {
    TerminalFixture terminal = new TerminalFixture(5, 4).write("abcdefgh\\e[?1049hEDIT");
    terminal.resize(10, 6).write("\\e[?1049li");
    assertEquals("abcdefghi", terminal.screen());
  }

  @Test
  void theHistoryStaysBoundedWhenRowsMultiply() {
    TerminalFixture terminal = new TerminalFixture(1000, 5);
    for (int i = 0; i < 200; i++) {
      terminal.write("x".repeat(3000) + "\r\n");
    }
    terminal.resize(1, 5);
    assertEquals(TerminalFixture.HISTORY, terminal.view().historySize());
    terminal.write("y");
    assertEquals("x|x|x|x|y", terminal.screen());
  }

  @Test
  void anyPathOfWidthsLeadsBackToTheSameText() {
    Random random = new Random(3);
    for (int round = 0; round < 30; round++) {
      TerminalFixture terminal = new TerminalFixture(20, 6, 4000, Emulator.MAX_HISTORY_BYTES);
      for (int i = 0; i < 40; i++) {
        int length = random.nextInt(70);
        for (int j = 0; j < length; j++) {
          terminal.write(random.nextInt(6) == 0 ? "漢" : "" + (char) ('a' + random.nextInt(26)));
        }
        terminal.write("\r\n");
      }
      terminal.write("end");
      String before = text(terminal);
      for (int i = 0; i < 6; i++) {
        terminal.resize(2 + random.nextInt(60), 1 + random.nextInt(12));
        assertEquals(before, text(terminal));
        assertTrue(terminal.row(terminal.view().cursorRow()).length() > 0);
      }
      terminal.write("!");
      assertEquals(before + "!", text(terminal));
    }
  }

  private static String text(TerminalFixture terminal) {
    return terminal
        .emulator
        .text(new Position(0, 0), new Position(Long.MAX_VALUE, 0))
        .stripTrailing();
  }
}
