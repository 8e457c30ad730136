package dev.containertui.tui.screen.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.tui.GoldenScreen;
import dev.containertui.tui.Programs;
import dev.containertui.tui.Samples;
import dev.containertui.tui.app.Action;
import dev.containertui.tui.app.Chord;
import dev.containertui.tui.app.Context;
import dev.containertui.tui.app.Event;
import dev.containertui.tui.draw.Frame;
import dev.containertui.tui.facts.Facts;
import dev.containertui.tui.theme.Glyphs;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Mouse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainersScreenTest {
  private static final String SIZES = "80,24\n120,40\n60,15\n200,60";

  private static void golden(String name, Programs scene) {
    GoldenScreen.check("containers-" + name, scene.frame());
  }

  @Test
  void inAsciiTheWholeScreenIs() {
    Programs scene = Scene.of(120, 40);
    scene.state = scene.state.put(Glyphs.SLOT, Glyphs.ASCII);
    scene.type(">M");
    golden("ascii", scene);
    String text = scene.frame().text();
    assertTrue(text.chars().allMatch(c -> c == '\n' || c >= 0x20 && c <= 0x7e), text);
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void theList(int columns, int rows) {
    Programs scene = Scene.of(columns, rows);
    scene.type("j-");
    scene.press(Key.character(' '));
    golden("list", scene);
    scene.type("/e\nR>");
    scene.press(Key.Kind.ENTER);
    golden("filtered", scene);
    Programs none = Scene.of(columns, rows, List.of());
    golden("none", none);
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void theLog(int columns, int rows) {
    Programs scene = Scene.of(columns, rows);
    scene.type("L");
    golden("log-reading", scene);
    scene.state = scene.state.with(LogState.SLOT, l -> l.take(Scene.log()));
    golden("log", scene);
    scene.type("t/GET");
    scene.press(Key.Kind.ENTER);
    scene.type("N");
    golden("log-search", scene);
    scene.press(Key.Kind.ESCAPE);
    scene.type("w&error");
    scene.press(Key.Kind.ENTER);
    golden("log-only", scene);
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void stats(int columns, int rows) {
    Programs scene = Scene.of(columns, rows);
    scene.type("M");
    golden("stats", scene);
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void inspect(int columns, int rows) {
    Programs scene = Scene.of(columns, rows);
    scene.type("i");
    scene.state = scene.state.with(InspectPane.ROWS, f -> f.with(JsonRow.of(Scene.JSON)));
    scene.type("/ngin");
    scene.press(Key.Kind.ENTER);
    scene.type("kk");
    golden("inspect", scene);
    scene.type("O");
    golden("inspect-folded", scene);
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void files(int columns, int rows) {
    Programs scene = Scene.of(columns, rows);
    scene.type("F");
    scene.state =
        scene
            .state
            .with(FilesPane.LISTING, f -> f.with(new FilesPane.Listing("/", Scene.files())))
            .with(FilesPane.CHANGES, f -> f.with(Scene.changes()));
    golden("files", scene);
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void boot(int columns, int rows) {
    Programs scene = Scene.of(columns, rows);
    scene.type("B");
    scene.state = scene.state.with(BootPane.TIMELINE, f -> f.with(Scene.timeline()));
    golden("boot", scene);
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void processes(int columns, int rows) {
    Programs scene = Scene.of(columns, rows);
    scene.type("T");
    scene.state = scene.state.with(ProcessesPane.PROCESSES, f -> f.with(Scene.processes()));
    golden("processes", scene);
  }

  @Test
  void noKeyMeansTwoThingsAtOnce() {
    Programs scene = Scene.of(120, 40);
    assertEquals(List.of(), scene.program.keys().clashes());
    Map<Chord, Action> taken = new HashMap<>();
    for (Context context :
        List.of(ContainerActions.CONTEXT, Detail.FROM_LIST, ContainersScreen.CONTEXT)) {
      for (Action action : scene.program.keys().actions(context)) {
        for (Chord chord : scene.program.keys().keys(action)) {
          Action other = taken.put(chord, action);
          assertTrue(other == null, () -> chord + " of " + action.name() + " and " + other.name());
        }
      }
    }
  }

  @Test
  void nothingOfAHostileNameReachesTheScreen() {
    for (String tab : List.of("L", "M", "i", "F", "B", "T")) {
      Programs scene = Scene.of(120, 40);
      scene.type("G" + tab);
      assertClean(scene.frame());
    }
  }

  private static void assertClean(Frame frame) {
    assertTrue(
        frame.text().codePoints().allMatch(c -> c == '\n' || !Character.isISOControl(c)),
        frame.text());
    assertFalse(frame.text().contains("\u202e"));
  }

  @Test
  void theKeyboardGoesToTheDetailsAndBack() {
    Programs scene = Scene.of(120, 40);
    assertFalse(Arrangement.of(scene.state).inDetail());
    for (Key.Kind there : List.of(Key.Kind.ENTER, Key.Kind.TAB, Key.Kind.RIGHT)) {
      scene.press(there);
      assertTrue(Arrangement.of(scene.state).inDetail(), there + " goes there");
      scene.press(Key.Kind.ESCAPE);
      assertFalse(Arrangement.of(scene.state).inDetail(), "esc goes back from " + there);
    }
    scene.type("l");
    assertTrue(Arrangement.of(scene.state).inDetail());
    scene.type("h");
    assertFalse(Arrangement.of(scene.state).inDetail());
  }

  @Test
  void aNarrowTerminalShowsTheListOrTheDetails() {
    Programs scene = Scene.of(60, 15);
    assertTrue(scene.picture().contains("Containers 8"));
    assertFalse(scene.picture().contains("Processes"));
    scene.press(Key.Kind.ENTER);
    assertFalse(scene.picture().contains("Containers 8"));
    assertTrue(scene.picture().contains("Processes"));
  }

  @Test
  void theDetailsGrowAndShrink() {
    Programs scene = Scene.of(120, 40);
    int half = Arrangement.parts(scene.state).detail().height();
    scene.type("+");
    assertTrue(Arrangement.parts(scene.state).detail().height() > half);
    scene.type("+");
    assertTrue(Arrangement.parts(scene.state).list().isEmpty());
    assertTrue(Arrangement.of(scene.state).inDetail());
    scene.type("---");
    assertTrue(Arrangement.parts(scene.state).detail().isEmpty());
    scene.type("z");
    assertTrue(Arrangement.parts(scene.state).list().isEmpty());
    scene.press(Key.Kind.ESCAPE);
    assertEquals(half, Arrangement.parts(scene.state).detail().height());
  }

  @Test
  void bracketsGoThroughTheTabs() {
    Programs scene = Scene.of(120, 40);
    for (int i = 1; i <= Tab.values().length; i++) {
      scene.type("]");
      assertEquals(Tab.values()[i % Tab.values().length], Arrangement.of(scene.state).tab());
    }
    scene.type("[");
    assertEquals(Tab.PROCESSES, Arrangement.of(scene.state).tab());
  }

  @Test
  void everyTabSaysWhyItIsEmpty() {
    Map<String, String> reasons =
        Map.of(
            "L", "Reading the log of fresh",
            "M", "fresh does not run",
            "i", "Asking about fresh",
            "F", "Listing /",
            "B", "Asking how fresh came up",
            "T", "fresh does not run: it has no processes");
    reasons.forEach(
        (tab, reason) -> {
          Programs scene = Scene.of(120, 40);
          scene.type("jjjjj" + tab);
          assertTrue(scene.picture().contains(reason), () -> scene.picture());
        });
  }

  @Test
  void aClickChoosesATabAndGivesItTheKeyboard() {
    Programs scene = Scene.of(120, 40);
    int row = Arrangement.parts(scene.state).detail().y();
    int column = scene.picture().lines().toList().get(row).indexOf("Files");
    scene.happens(
        new Event.Pointed(
            new Mouse(
                Mouse.Action.PRESS, Mouse.Button.LEFT, column + 1, row, false, false, false)));
    assertEquals(Tab.FILES, Arrangement.of(scene.state).tab());
    assertTrue(Arrangement.of(scene.state).inDetail());
  }

  @Test
  void columnsSortByWhatTheySay() {
    Programs scene = Scene.of(200, 60);
    scene.type("-");
    scene.type(">");
    String picture = scene.picture();
    assertTrue(picture.indexOf("batch") < picture.indexOf("broken"), picture);
    scene.type("R");
    picture = scene.picture();
    assertTrue(picture.indexOf("worker") < picture.indexOf("web"), picture);
  }

  @Test
  void aThousandContainersAreDrawnAndMovedThrough() {
    Programs scene = Scene.of(200, 60, Samples.many(1000));
    scene.type("G");
    assertTrue(scene.picture().contains("▸ container-1000"), scene.picture());
    scene.type(">>>>>>");
    for (int i = 0; i < 50; i++) {
      scene.type("k");
      scene.frame();
    }
    assertEquals(1000, Facts.of(scene.state).containers().size());
  }
}
