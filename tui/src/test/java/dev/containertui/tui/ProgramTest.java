package dev.containertui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.tui.app.Chord;
import dev.containertui.tui.app.Event;
import dev.containertui.tui.app.Program;
import dev.containertui.tui.app.ScreenId;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.State;
import dev.containertui.tui.app.Step;
import dev.containertui.tui.facts.ContainerFacts;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.vt.Key;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events in, state and pictures out, without a terminal, a loop or a thread. */
class ProgramTest {
  private final Program program = Screens.program(Map.of(), new NoCommands());
  private State state = populated(100, 30);

  private State populated(int columns, int rows) {
    try (MemoryEngine engine = MemoryEngine.populated()) {
      List<ContainerFacts> containers =
          engine.containers().list(true).stream().map(ContainerFacts::of).toList();
      State known =
          State.INITIAL.with(
              Facts.SLOT,
              f -> f.withContainers(containers, Instant.now()).withImages(engine.images().list()));
      return program.update(known, new Event.Resized(columns, rows)).state();
    }
  }

  private Step press(Key key) {
    Step step = program.update(state, new Event.Pressed(key));
    state = step.state();
    return step;
  }

  private void type(String text) {
    text.codePoints().forEach(c -> press(Key.character(c)));
  }

  private String picture() {
    return program.render(state, 100, 30).text();
  }

  @Test
  void numbersAndBracketsGoFromScreenToScreen() {
    press(Key.character('2'));
    assertEquals(ScreenId.IMAGES, state.get(Shell.SLOT).screen());
    press(Key.character('['));
    assertEquals(ScreenId.CONTAINERS, state.get(Shell.SLOT).screen());
  }

  @Test
  void aFilterIsSeenWhileItIsTypedAndClearedWithEscape() {
    type("/bat");
    assertTrue(picture().contains("batch"), picture());
    assertFalse(picture().contains("● running"), picture());
    press(Key.of(Key.Kind.ENTER));
    assertTrue(picture().contains("1 of 2"), picture());
    press(Key.of(Key.Kind.ESCAPE));
    assertTrue(picture().contains("● running"), picture());
  }

  @Test
  void aNumberTypedIntoAFilterGoesNowhere() {
    type("/2");
    assertEquals(ScreenId.CONTAINERS, state.get(Shell.SLOT).screen());
  }

  @Test
  void onlyTheSuccessOfAnActionSaysItsCommand() {
    State acted = Shell.did(state, "container-tui stop web", "c(\"web\").stop()");
    State stopped = Shell.success(Shell.note(acted, "stopping", ""), "stopped web", "");
    assertEquals("≙ container-tui stop web", hint(stopped));
    assertEquals("", hint(Shell.success(stopped, "copied the name of web", "")));
  }

  private static String hint(State state) {
    return state.get(Shell.SLOT).notice().orElseThrow().hint();
  }

  @Test
  void helpInASmallTerminalBreaksAtWords() {
    Programs small = new Programs(60, 15);
    small.type("?");
    GoldenScreen.check("help", small.frame());
  }

  @Test
  void helpTellsTheKeysAsTheyAreBound() {
    Program rebound =
        Screens.program(
            Map.of("containers.mark", List.of(Chord.parse("ctrl-y"))), new NoCommands());
    state = rebound.update(state, new Event.Pressed(Key.character('?'))).state();
    String help = rebound.render(state, 100, 150).text();
    assertTrue(help.contains("ctrl-y"), help);
  }

  @Test
  void quittingEndsTheProgram() {
    press(Key.character('q'));
    assertTrue(state.get(Shell.SLOT).quitting());
  }

  @Test
  void noTwoActionsWantTheSameKey() {
    assertEquals(List.of(), program.keys().clashes());
  }
}
