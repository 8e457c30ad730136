package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Searching and copying. */
class ContentsTest {
  private static Match match(int fromRow, int fromColumn, int toRow, int toColumn) {
    return new Match(new Position(fromRow, fromColumn), new Position(toRow, toColumn));
  }

  private static String copy(TerminalFixture terminal, int row, int column, int endRow, int end) {
    return terminal.emulator.text(new Position(row, column), new Position(endRow, end));
  }

  @Test
  void copiesPartsOfRows() {
    TerminalFixture terminal = new TerminalFixture(10, 4).write("hello\r\nbig  \r\n\r\nworld");
    assertEquals("llo\nbig\n\nwo", copy(terminal, 0, 2, 3, 2));
    assertEquals("llo\nbig\n\nwo", copy(terminal, 3, 2, 0, 2));
    assertEquals("el", copy(terminal, 0, 1, 0, 3));
    assertEquals("", copy(terminal, 1, 3, 1, 3));
  }

  @Test
  void copiesLongTextsWithoutTheirCuts() {
    TerminalFixture terminal = new TerminalFixture(10, 4).write("0123456789abcdef\r\nx");
    assertEquals("0123456789abcdef\nx", copy(terminal, 0, 0, 2, 9));
    TerminalFixture hole = new TerminalFixture(5, 4).write("abc漢de\\e[1;4HX");
    assertEquals("abcX de", copy(hole, 0, 0, 1, 9), "half of a wide character is a space");
    TerminalFixture wide = new TerminalFixture(5, 4).write("漢字漢字");
    assertEquals("漢字漢字", copy(wide, 0, 0, 3, 0).strip());
  }

  @Test
  void copiesWhatCellsHoldAndNotOnlyWhatIsDrawn() {
    TerminalFixture terminal = new TerminalFixture(20, 2).write("\\e[?2027h👩‍💻 ❤\ufe0f e\u0301");
    assertEquals("👩‍💻 ❤\ufe0f e\u0301", copy(terminal, 0, 0, 0, 20));
  }

  @Test
  void rowsKeepTheirNumbersWhileTheyScroll() {
    TerminalFixture terminal = new TerminalFixture(10, 2);
    for (int i = 0; i < 150; i++) {
      terminal.write("line" + i + "\r\n");
    }
    assertEquals("line140", copy(terminal, 140, 0, 140, 10));
    assertEquals(149, terminal.view().firstRow());
    assertEquals(149 - 30, terminal.emulator.view(30).firstRow());
    assertEquals("", copy(terminal, 0, 0, 10, 0), "forgotten");
  }

  @Test
  void findsInHistoryAndScreen() {
    TerminalFixture terminal = new TerminalFixture(10, 2);
    terminal.write("one fox\r\ntwo\r\nFOX fox\r\nend");
    assertEquals(
        List.of(match(0, 4, 0, 7), match(2, 4, 2, 7)), terminal.emulator.search("fox", false, 99));
    assertEquals(
        List.of(match(0, 4, 0, 7), match(2, 0, 2, 3), match(2, 4, 2, 7)),
        terminal.emulator.search("fOx", true, 99));
    assertEquals(1, terminal.emulator.search("fox", true, 1).size());
    assertEquals(List.of(), terminal.emulator.search("", true, 99));
    assertEquals(List.of(), terminal.emulator.search("nowhere", true, 99));
  }

  @Test
  void findsOverTheCutsOfALongText() {
    TerminalFixture terminal = new TerminalFixture(5, 4).write("abcdefghijk\r\nlm");
    assertEquals(List.of(match(0, 3, 1, 2)), terminal.emulator.search("defg", false, 9));
    assertEquals(List.of(match(0, 4, 2, 1)), terminal.emulator.search("efghijk", false, 9));
    assertEquals(List.of(), terminal.emulator.search("kl", false, 9), "a newline is between");
  }

  @Test
  void countsColumnsOfWideAndCombinedCharacters() {
    TerminalFixture terminal = new TerminalFixture(20, 2).write("漢e\u0301字x😀y");
    assertEquals(List.of(match(0, 3, 0, 5)), terminal.emulator.search("字", false, 9));
    assertEquals(List.of(match(0, 6, 0, 9)), terminal.emulator.search("😀y", false, 9));
    assertEquals(List.of(match(0, 2, 0, 3)), terminal.emulator.search("e\u0301", false, 9));
  }

  @Test
  void whatIsFoundCanBeCopied() {
    TerminalFixture terminal = new TerminalFixture(7, 3);
    terminal.write("some text that wraps 漢字 and scrolls\r\nneedle in a haystack of rows");
    for (String needle : new String[] {"wraps 漢字", "scrolls", "needle in a hay", "rows"}) {
      List<Match> found = terminal.emulator.search(needle, false, 9);
      assertEquals(1, found.size(), needle);
      assertEquals(
          needle, terminal.emulator.text(found.getFirst().start(), found.getFirst().end()));
    }
  }

  @Test
  void theAlternateScreenHasNoHistoryToSearch() {
    TerminalFixture terminal = new TerminalFixture(10, 2).write("fox\r\n\r\n\r\n\\e[?1049hfox");
    List<Match> found = terminal.emulator.search("fox", false, 9);
    assertEquals(1, found.size());
    assertTrue(found.getFirst().start().row() >= terminal.view().firstRow());
  }
}
