package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EmulatorTest {
  @Test
  void answersWhoAndWhereItIs() {
    TerminalFixture terminal = new TerminalFixture(80, 24);
    terminal.write("\\e[c\\e[>c\\e[5n\\e[999;999H\\e[6n\\e[18t");
    assertEquals("\\e[?62;22c\\e[>0;10;0c\\e[0n\\e[24;80R\\e[8;24;80t", terminal.replied());
  }

  @Test
  void answersModeQueries() {
    TerminalFixture terminal = new TerminalFixture(80, 24);
    terminal.write("\\e[?25$p\\e[?25l\\e[?25$p\\e[?2026$p\\e[?2004h\\e[?2004$p\\e[4$p");
    assertEquals("\\e[?25;1$y\\e[?25;2$y\\e[?2026;2$y\\e[?2004;1$y\\e[4;2$y", terminal.replied());
  }

  @Test
  void answersSettingQueriesWithNo() {
    TerminalFixture terminal = new TerminalFixture(80, 24);
    terminal.write("\\eP$qx\\e\\\\eP+q544e\\e\\");
    assertEquals("\\eP0$r\\e\\\\eP0+r\\e\\", terminal.replied());
  }

  @Test
  void neverReportsTheTitleBack() {
    TerminalFixture terminal = new TerminalFixture(80, 24);
    terminal.write("\\e]2;rm -rf /\u0007\\e[21t\\e]52;c;?\u0007\\e]10;?\u0007");
    assertEquals("", terminal.replied());
    assertEquals("rm -rf /", terminal.emulator.title());
  }

  @Test
  void keepsTitlesShort() {
    TerminalFixture terminal = new TerminalFixture(80, 24);
    terminal.write("\\e]2;" + "x".repeat(1000) + "\u0007");
    assertEquals(256, terminal.emulator.title().length());
    terminal.write("\\e]2;" + "y".repeat(100_000) + "\u0007ok");
    assertEquals("ok", terminal.screen());
    assertTrue(terminal.emulator.title().startsWith("x"));
  }

  @Test
  void tellsTheModesThatKeysAndMouseDependOn() {
    TerminalFixture terminal = new TerminalFixture(80, 24);
    terminal.write("\\e[?1;2004;1002;1006;1004h\\e=\\e[5 q");
    assertEquals(new KeyModes(true, true, true, false), terminal.emulator.keyModes());
    assertEquals(MouseModes.Tracking.DRAGS, terminal.emulator.mouseModes().tracking());
    assertEquals(MouseModes.Encoding.SGR, terminal.emulator.mouseModes().encoding());
    assertTrue(terminal.emulator.focusReports());
    assertEquals(5, terminal.emulator.cursorShape());
    terminal.write("\\e[?1;2004;1002;1006;1004l\\e>\\e[0 q");
    assertEquals(KeyModes.DEFAULT, terminal.emulator.keyModes());
    assertEquals(MouseModes.Tracking.OFF, terminal.emulator.mouseModes().tracking());
    assertEquals(MouseModes.Encoding.CLASSIC, terminal.emulator.mouseModes().encoding());
  }

  @Test
  void decodesCharactersThatAreSplitOverReads() {
    TerminalFixture terminal = new TerminalFixture(20, 2);
    for (byte b : "é漢😀\u001b[1mx".getBytes(StandardCharsets.UTF_8)) {
      terminal.emulator.feed(new byte[] {b});
    }
    assertEquals("é漢😀x", terminal.screen());
    assertEquals(Style.BOLD, terminal.style(5, 0));
  }

  @Test
  void showsReplacementsForWhatIsNoUtf8() {
    TerminalFixture terminal = new TerminalFixture(20, 2);
    terminal.emulator.feed(new byte[] {'a', (byte) 0xff, (byte) 0xe2, (byte) 0x82, 'b'});
    terminal.emulator.feed(new byte[] {(byte) 0xc0, (byte) 0x80, (byte) 0xed, (byte) 0xa0, 'c'});
    assertEquals("a��b����c", terminal.screen());
  }

  @Test
  void keepsWhatScrollsOutInABoundedHistory() {
    TerminalFixture terminal = new TerminalFixture(10, 3);
    for (int i = 0; i < 500; i++) {
      terminal.write(i + "\r\n");
    }
    assertEquals(100, terminal.view().historySize());
    TerminalView back = terminal.emulator.view(2);
    assertEquals("496\n497\n498\n", back.text());
    assertEquals("398\n399\n400\n", terminal.emulator.view(9999).text());
    assertTrue(back.cursorRow() >= 3);
    assertFalse(back.cursorVisible());
  }

  @Test
  void aLookBackStaysWhereItIsWhileOutputGoesOn() {
    TerminalFixture terminal = new TerminalFixture(10, 2);
    for (int i = 0; i < 50; i++) {
      terminal.write(i + "\r\n");
    }
    long row = terminal.emulator.view(20).firstRow();
    assertEquals("29\n30\n", terminal.emulator.viewFrom(row).text());
    terminal.write("more\r\n".repeat(30));
    assertEquals("29\n30\n", terminal.emulator.viewFrom(row).text());
    assertEquals(50, terminal.emulator.viewFrom(row).scrolledBack());
    terminal.write("more\r\n".repeat(60));
    assertEquals(100, terminal.emulator.viewFrom(row).scrolledBack(), "it is forgotten");
    assertEquals(0, terminal.emulator.viewFrom(Long.MAX_VALUE).scrolledBack());
  }

  @Test
  void aRegionBelowTheTopMakesNoHistory() {
    TerminalFixture terminal = new TerminalFixture(10, 4).write("\\e[2;4r\\e[4;1H\n\n\n\n");
    assertEquals(0, terminal.view().historySize());
  }

  @Test
  void ed3ForgetsTheHistory() {
    TerminalFixture terminal = new TerminalFixture(10, 2).write("1\r\n2\r\n3\r\n4\\e[3J");
    assertEquals(0, terminal.view().historySize());
    assertEquals("3|4", terminal.screen());
  }

  @Test
  void shrinkingAndGrowingKeepsTheText() {
    TerminalFixture terminal = new TerminalFixture(10, 5).write("1\r\n2\r\n3\r\n4\r\n5");
    terminal.emulator.resize(10, 2);
    assertEquals("4|5", terminal.screen());
    assertEquals("1,1", terminal.cursor());
    terminal.emulator.resize(10, 5);
    assertEquals("1|2|3|4|5", terminal.screen());
    assertEquals("1,4", terminal.cursor());
  }

  @Test
  void shrinkingTakesEmptyRowsBelowTheCursorFirst() {
    TerminalFixture terminal = new TerminalFixture(10, 5).write("1\r\n2");
    terminal.emulator.resize(10, 3);
    assertEquals("1|2", terminal.screen());
    assertEquals(0, terminal.view().historySize());
  }

  @Test
  void resizingInTheAlternateScreenKeepsTheMainOne() {
    TerminalFixture terminal = new TerminalFixture(10, 4).write("one\r\ntwo\\e[?1049hEDITOR");
    terminal.emulator.resize(20, 6);
    terminal.emulator.resize(8, 3);
    terminal.write("\\e[?1049l!");
    assertEquals("one|two!", terminal.screen());
  }

  @Test
  void newLineModeIsForOutputWithoutATerminal() {
    TerminalFixture terminal = new TerminalFixture(10, 3);
    terminal.emulator.setNewLineMode(true);
    terminal.write("a\nb\n");
    assertEquals("a|b", terminal.screen());
    assertEquals("0,2", terminal.cursor());
  }

  @Test
  void countsBells() {
    assertEquals(2, new TerminalFixture(10, 2).write("\u0007a\u0007").emulator.bells());
  }

  @Test
  void aFloodOfMarksStaysOneShortCluster() {
    TerminalFixture terminal = new TerminalFixture(10, 2).write("e" + "\u0301".repeat(10_000));
    assertEquals(1 + CellDetails.MAX_MARKS, terminal.row(0).length());
  }
}
