package dev.containertui.tui.vt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Questions of a guest and the answers. */
class ReportsTest {
  private record Case(String name, String question, String answer) {}

  private static final List<Case> CASES =
      List.of(
          new Case("DA1", "\\e[c\\e[0c\\eZ", "\\e[?62;22c\\e[?62;22c\\e[?62;22c"),
          new Case("DA1 with another number is none", "\\e[1c", ""),
          new Case("DA2", "\\e[>c", "\\e[>0;10;0c"),
          new Case("DA3", "\\e[=c", "\\eP!|00000000\\e\\"),
          new Case("XTVERSION", "\\e[>q", "\\eP>|container-tui\\e\\"),
          new Case("DSR", "\\e[5n", "\\e[0n"),
          new Case("CPR", "\\e[3;7H\\e[6n\\e[?6n", "\\e[3;7R\\e[?3;7R"),
          new Case("CPR while the last column waits", "\\e[1;80Hx\\e[6n", "\\e[1;80R"),
          new Case("CPR in origin mode", "\\e[5;9r\\e[?6h\\e[2;1H\\e[6n", "\\e[2;1R"),
          new Case(
              "printer, keys, keyboard", "\\e[?15n\\e[?25n\\e[?26n", "\\e[?13n\\e[?21n\\e[?27;1n"),
          new Case("size", "\\e[18t", "\\e[8;24;80t"),
          new Case("size in pixels, position, state", "\\e[14t\\e[13t\\e[11t", ""),
          new Case("title and icon", "\\e]2;x\u0007\\e[21t\\e[20t", ""),
          new Case(
              "SGR",
              "\\e[1;4:3;38;2;1;2;3;48;5;200;58;5;9m\\eP$qm\\e\\",
              "\\eP1$r0;1;4:3;38:2::1:2:3;48:5:200;58:5:9m\\e\\"),
          new Case("SGR of palette colours", "\\e[31;102m\\eP$qm\\e\\", "\\eP1$r0;31;102m\\e\\"),
          new Case("plain SGR", "\\eP$qm\\e\\", "\\eP1$r0m\\e\\"),
          new Case("margins", "\\e[3;9r\\eP$qr\\e\\", "\\eP1$r3;9r\\e\\"),
          new Case("cursor shape", "\\e[4 q\\eP$q q\\e\\", "\\eP1$r4 q\\e\\"),
          new Case("conformance level", "\\eP$q\"p\\e\\", "\\eP1$r62;1\"p\\e\\"),
          new Case("a setting that nobody knows", "\\eP$qEVIL\\e\\", "\\eP0$r\\e\\"),
          new Case("a device string that BEL does not end", "\\eP$qm\u0007", ""),
          new Case("capabilities", "\\eP+q544e\\e\\", "\\eP0+r\\e\\"),
          new Case("kitty's keyboard", "\\e[?u", ""),
          new Case("colours", "\\e]4;1;?\u0007\\e]10;?\u0007\\e]11;?\\e\\\\e]12;?\u0007", ""),
          new Case("the clipboard", "\\e]52;c;?\u0007", ""),
          new Case(
              "mouse modes",
              "\\e[?1002;1006h\\e[?1000$p\\e[?1002$p\\e[?1006$p\\e[?1015$p",
              "\\e[?1000;2$y\\e[?1002;1$y\\e[?1006;1$y\\e[?1015;2$y"),
          new Case(
              "the alternate screen",
              "\\e[?1049$p\\e[?1049h\\e[?1049$p",
              "\\e[?1049;2$y\\e[?1049;1$y"),
          new Case("clusters", "\\e[?2027$p\\e[?2027h\\e[?2027$p", "\\e[?2027;2$y\\e[?2027;1$y"),
          new Case(
              "modes that are not there",
              "\\e[?3$p\\e[?69$p\\e[7$p\\e[?99999999$p",
              "\\e[?3;0$y\\e[?69;0$y\\e[7;0$y\\e[?65535;0$y"));

  @TestFactory
  List<DynamicTest> answers() {
    return CASES.stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name(),
                    () ->
                        assertEquals(
                            c.answer(), new TerminalFixture(80, 24).write(c.question()).replied())))
        .toList();
  }

  @Test
  void anAnsweredStyleMakesTheSameStyle() {
    TerminalFixture terminal = new TerminalFixture(10, 2);
    terminal.write("\\e[1;2;3;5;7;8;9;21;53;38:5:99;48:2::9:8:7mx\\eP$qm\\e\\");
    String answer = terminal.replied();
    String sgr = answer.substring("\\eP1$r".length(), answer.length() - "\\e\\".length());
    terminal.write("\\e[m\\e[" + sgr + "y");
    assertEquals(terminal.style(0, 0), terminal.style(1, 0));
  }

  @Test
  void aFullResetForgetsEverything() {
    TerminalFixture terminal = new TerminalFixture(10, 3);
    terminal.write(
        "\\e]2;t\u0007\\e[?1;5;6;66;1003;1004;1006;2004;2026;2027h\\e[?7l\\e[?25l\\e[4;20h");
    terminal.write(
        "\\e[2;3r\\e[1;31m\\e]8;;http://a/\u0007\\e)0\u000e\\e[5 q\\e[?1049h\\e[3gx\\ec");
    terminal.write("\tabc");
    TerminalFixture fresh = new TerminalFixture(10, 3).write("\tabc");
    assertEquals(fresh.view().text(), terminal.view().text());
    assertEquals(fresh.view().cursorVisible(), terminal.view().cursorVisible());
    assertEquals(fresh.view().reversed(), terminal.view().reversed());
    assertEquals(fresh.emulator.keyModes(), terminal.emulator.keyModes());
    assertEquals(fresh.emulator.mouseModes(), terminal.emulator.mouseModes());
    assertEquals(fresh.emulator.focusReports(), terminal.emulator.focusReports());
    assertEquals(fresh.emulator.cursorShape(), terminal.emulator.cursorShape());
    assertEquals(fresh.emulator.title(), terminal.emulator.title());
    assertEquals(fresh.style(0, 0), terminal.style(0, 0));
    assertEquals(0, terminal.view().lines().getFirst().link(8));
  }

  @Test
  void aSoftResetSetsModesAndStyleBack() {
    TerminalFixture terminal = new TerminalFixture(10, 3).write("ab");
    terminal.write("\\e[?1;6;66h\\e[?7;25l\\e[4h\\e[2;3r\\e[1m\\e(0\\e[1;3H\\e[!p\\e[1;10Hqq");
    assertEquals("ab       q|q", terminal.screen());
    assertEquals(KeyModes.DEFAULT, terminal.emulator.keyModes());
    assertEquals(Style.PLAIN, terminal.style(9, 0));
  }
}
