package dev.containertui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.engine.Engine;
import dev.containertui.tui.app.Change;
import dev.containertui.tui.app.Host;
import dev.containertui.tui.app.ScreenId;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.overlay.TextPage;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.vt.Key.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaletteTest {
  private final Programs program = Programs.populated(100, 30);

  /** Runs the effects that were noted down, and what they hand back, until nothing is left. */
  private List<String> runEffects() throws Exception {
    List<String> ran = new ArrayList<>();
    Deque<Change> arrived = new ArrayDeque<>();
    Host host =
        new Host() {
          @Override
          public Engine engine() {
            return null; // the test's command line asks nothing of it
          }

          @Override
          public void post(String what, Change change) {
            arrived.add(change);
          }

          @Override
          public void touch() {}

          @Override
          public void mouse(boolean ours) {
            ran.add("mouse " + ours);
          }

          @Override
          public void clipboard(String text) {
            ran.add("clipboard " + text);
          }

          @Override
          public void repaint() {}

          @Override
          public void suspend(Runnable work) {
            ran.add("suspended");
            work.run();
          }
        };
    for (var effect : List.copyOf(program.effects)) {
      ran.add(effect.name());
      effect.work().run(host);
    }
    program.effects.clear();
    while (!arrived.isEmpty()) {
      var change = arrived.poll();
      program.state = change.apply(program.state).state();
    }
    return ran;
  }

  @Test
  void aCommandRunsWithItsWords() throws Exception {
    program.type(":stop 'my web' \"a b\" c\\ d");
    program.press(Kind.ENTER);
    runEffects();
    assertTrue(program.picture().contains("ran stop|my web|a b|c d"), program.picture());
  }

  @Test
  void aFailureIsToldWithAllItWrote() throws Exception {
    program.type(":fail now");
    program.press(Kind.ENTER);
    runEffects();
    assertTrue(program.picture().contains("ran fail|now"), program.picture());
    program.type("!");
    assertTrue(program.picture().contains("fail now  (exit code 3)"), program.picture());
  }

  @Test
  void oneWayOnIsOneAndSeveralAreSeveral() {
    program.type(":expor");
    assertTrue(program.picture().contains("1 way on, tab"), program.picture());
    program.press(Kind.ESCAPE);
    program.type(":s");
    assertTrue(program.picture().contains("3 ways on, tab"), program.picture());
  }

  @Test
  void aWrongNameIsNamedWithThoseThatThereAre() {
    program.type(":theme nope");
    program.press(Kind.ENTER);
    assertTrue(
        program.picture().contains("no theme \"nope\"  terminal, dark, light, high-contrast, "),
        program.picture());
    program.type(":go nowhere");
    program.press(Kind.ENTER);
    assertTrue(
        program.picture().contains("no screen \"nowhere\"  containers, images, "),
        program.picture());
  }

  @Test
  void theEndOfAPageOfBrokenLinesIsReached() {
    program.state =
        TextPage.open(program.state, "Long", List.of(("word ".repeat(2000) + "end").strip()));
    program.type("G");
    assertTrue(program.picture().contains("end"), program.picture());
    program.type("k");
    assertFalse(program.picture().contains("end"), program.picture());
  }

  @Test
  void tabWritesWhatAllHaveInCommonAndThenOneAfterTheOther() {
    program.type(":s");
    program.press(Kind.TAB);
    assertTrue(program.picture().contains(":st"), program.picture());
    assertTrue(program.picture().contains("about stats"), program.picture());
    program.press(Kind.TAB);
    assertTrue(program.picture().stripTrailing().endsWith(":stop"), program.picture());
    program.press(Kind.TAB);
    assertTrue(program.picture().stripTrailing().endsWith(":stats"), program.picture());
    program.type(" w");
    program.press(Kind.TAB);
    assertTrue(program.picture().stripTrailing().endsWith(":stats web"), program.picture());
  }

  @Test
  void whatWasTypedComesBackWithTheUpKey() throws Exception {
    program.type(":stop web");
    program.press(Kind.ENTER);
    runEffects();
    program.type(":dra");
    program.press(Kind.UP);
    assertTrue(program.picture().stripTrailing().endsWith(":stop web"), program.picture());
    program.press(Kind.DOWN);
    assertTrue(program.picture().stripTrailing().endsWith(":dra"), program.picture());
  }

  @Test
  void whatNeedsAllOfTheTerminalGetsIt() throws Exception {
    program.type(":repl");
    program.press(Kind.ENTER);
    assertTrue(runEffects().contains("suspended"));
  }

  @Test
  void aRunWithoutDetachmentIsCreatedAndGetsAConsole() throws Exception {
    program.type(":run --rm -it busybox sh -c 'echo -d'");
    program.press(Kind.ENTER);
    assertEquals(List.of("run --rm -it busybox sh -c echo -d"), program.effectNames());
    runEffects();
    assertEquals(ScreenId.CONSOLES, program.state.get(Shell.SLOT).screen());
  }

  @Test
  void whatReadsNothingNeedsNoConsole() throws Exception {
    program.type(":run -d busybox sleep -t 3");
    program.press(Kind.ENTER);
    runEffects();
    program.type(":exec web ls -it");
    program.press(Kind.ENTER);
    runEffects();
    assertEquals(ScreenId.CONTAINERS, program.state.get(Shell.SLOT).screen());
    assertTrue(program.picture().contains("ran exec|web|ls|-it"), program.picture());
  }

  @Test
  void theWorkbenchsOwnCommands() {
    program.type(":go images");
    program.press(Kind.ENTER);
    assertEquals(ScreenId.IMAGES, program.state.get(Shell.SLOT).screen());
    program.type(":theme colour-blind");
    program.press(Kind.ENTER);
    assertEquals("colour-blind", Theme.of(program.state).name());
    program.type(":theme pink");
    program.press(Kind.ENTER);
    assertTrue(program.picture().contains("no theme \"pink\"  terminal, dark"), program.picture());
    program.type(":quit");
    program.press(Kind.ENTER);
    assertTrue(program.state.get(Shell.SLOT).quitting());
  }

  @Test
  void anEmptyPaletteSaysTheLastActionInOtherWords() {
    program.state = Shell.did(program.state, "container-tui stop web", "c(\"web\").stop()");
    program.type(":");
    assertTrue(program.picture().contains("container-tui stop web"), program.picture());
    assertTrue(program.picture().contains("c(\"web\").stop()"), program.picture());
  }

  @Test
  void escapeLeavesEverythingAsItWas() {
    String before = program.picture();
    program.type(":stop web");
    program.press(Kind.ESCAPE);
    assertEquals(before, program.picture());
    assertEquals(List.of(), program.effectNames());
  }
}
