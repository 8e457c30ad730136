package dev.containertui.tui.screen.consoles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.containertui.tui.GoldenScreen;
import dev.containertui.tui.ProgramFixture;
import dev.containertui.tui.console.ConsoleRequests;
import dev.containertui.tui.vt.Key;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the screen of consoles looks like in terminals of four sizes. */
class ConsolesPictureTest {
  private static final String COLOURS =
      "printf '\\033[1;31mred\\033[0m \\033[3mitalic\\033[0m \\033[4:3mcurly\\033[0m "
          + "\\033]8;;https://example.org\\033\\\\link\\033]8;;\\033\\\\\\n'; ";

  private ProgramFixture workbench = new ProgramFixture(80, 24);

  @AfterEach
  void close() {
    workbench.close();
  }

  private void open(String script) throws InterruptedException {
    String end = "'printf ready'";
    workbench.apply(
        ConsoleRequests.exec(
            workbench.id("web"), List.of("sh", "-c", script + "printf 'rea''dy'; sleep 1000")));
    workbench.await(end, () -> workbench.picture().contains("ready"));
  }

  private void check(String name) {
    for (int[] size : new int[][] {{80, 24}, {120, 40}, {60, 15}, {200, 60}}) {
      workbench.resize(size[0], size[1]);
      GoldenScreen.check(name, workbench.frame());
    }
  }

  @Test
  void nothingOpen() {
    workbench.press(Key.character('4'));
    check("consoles-none");
  }

  @Test
  void oneThatHasTheKeyboard() throws Exception {
    open(COLOURS);
    check("consoles-one");
  }

  @Test
  void threeInATabAndOneInAnother() throws Exception {
    open("echo first; ");
    open("echo second; ");
    workbench.press(Key.control(']'));
    workbench.type("[m");
    open("echo third; ");
    workbench.press(Key.control(']'));
    workbench.type("[m");
    open("echo fourth; ");
    workbench.press(Key.control(']'));
    workbench.type("[");
    check("consoles-split");
  }

  @Test
  void lookingBackAndSearching() throws Exception {
    workbench.resize(80, 24);
    open("for i in $(seq 1 90); do echo row $i; done; ");
    workbench.press(Key.control(']'));
    workbench.type("/row 4\nnnnnnnnnn");
    GoldenScreen.check("consoles-search", workbench.frame());
    workbench.press(Key.of(Key.Kind.ESCAPE));
    workbench.type("ckkkvkk");
    GoldenScreen.check("consoles-copy", workbench.frame());
  }

  @Test
  void anEndedOne() throws Exception {
    workbench.apply(
        ConsoleRequests.exec(workbench.id("web"), List.of("sh", "-c", "echo bye; exit 7")));
    workbench.await("exited 7");
    check("consoles-ended");
  }

  @Test
  void atTwoHundredByTwoSixtyConsolesLieSideBySide() throws Exception {
    workbench.resize(200, 60);
    open("echo first; ");
    open("echo second; ");
    workbench.await("two of them", () -> workbench.picture().split("ready", -1).length == 3);
    assertEquals(
        2, workbench.picture().lines().skip(1).findFirst().orElseThrow().split("╭", -1).length - 1);
  }

  /** Whatever a guest writes, the picture has its size and nothing invisible in it. */
  @Test
  void hostileOutputStaysInItsPane() throws Exception {
    Random random = new Random(11);
    String[] pieces = {
      "\\033[999;999H",
      "\\033[?1049h",
      "\\033[2J",
      "\\033]2;t\\033\\\\",
      "\\033[8;99;999t",
      "\\033P",
      "\\033[?1000h",
      "\\377\\376",
      "\\033(0",
      "\\033[1;9999999999r",
      "\\033[65535b",
      "\\r\\n",
      "\\342\\200\\256",
      "\\360\\237\\230\\200",
      "\\033]52;c;eA==\\a",
      "\\033[?2026h",
      "\\033]8;;javascript:x\\a",
      "text",
      "\\t",
      "\\033#8"
    };
    StringBuilder script = new StringBuilder("printf '");
    for (int i = 0; i < 3000; i++) {
      script.append(pieces[random.nextInt(pieces.length)]);
    }
    script.append("'; exit 5");
    workbench.apply(
        ConsoleRequests.exec(workbench.id("web"), List.of("sh", "-c", script.toString())));
    workbench.await("exited 5");
    for (int[] size : new int[][] {{80, 24}, {41, 9}, {200, 60}, {1, 1}, {60, 15}}) {
      workbench.resize(size[0], size[1]);
      String picture = workbench.picture();
      assertEquals(size[1], picture.lines().count());
      assertEquals(
          0,
          picture
              .codePoints()
              .filter(c -> c != '\n' && (Character.isISOControl(c) || c == 0x202e))
              .count());
    }
    workbench.resize(80, 24);
    assertEquals(80, workbench.picture().lines().skip(1).findFirst().orElseThrow().length());
  }
}
