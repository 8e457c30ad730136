package dev.containertui.tui.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.tui.app.Chord;
import dev.containertui.tui.app.ScreenId;
import dev.containertui.tui.app.Shell;
import dev.containertui.tui.app.Slot;
import dev.containertui.tui.app.State;
import dev.containertui.tui.overlay.Palette;
import dev.containertui.tui.theme.Glyphs;
import dev.containertui.tui.theme.Theme;
import dev.containertui.tui.theme.Themes;
import dev.containertui.tui.widget.TableState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final Slot<TableState> TABLE = new Slot<>("some.table", TableState.START);

  @TempDir Path directory;

  private Settings read(String text) throws IOException {
    return Settings.read(Files.writeString(directory.resolve("workbench.json"), text));
  }

  @Test
  void aFileThatIsNotThereSetsNothing() {
    assertEquals(Settings.DEFAULT, Settings.read(directory.resolve("nothing")));
  }

  @Test
  void themeMouseAndKeys() throws Exception {
    Settings settings =
        read(
            """
            {"theme": "light", "mouse": false,
             "keys": {"containers.stop": "x ctrl-x", "quit": ""}}""");
    assertEquals(Optional.of("light"), settings.theme());
    assertFalse(settings.mouse());
    assertEquals(
        List.of(Chord.parse("x"), Chord.parse("ctrl-x")), settings.keys().get("containers.stop"));
    assertEquals(List.of(), settings.keys().get("quit"));
    assertEquals(List.of(), settings.problems());
  }

  @Test
  void whatIsWrongIsToldWithItsPlaceAndTheRestCounts() throws Exception {
    Settings settings =
        read("{\"theme\": \"pink\", \"colour\": 1, \"keys\": {\"quit\": \"hyper-q ctrl-q\"}}");
    String problems = String.join("\n", settings.problems());
    assertTrue(problems.contains("there is no theme \"pink\", only [terminal, dark"), problems);
    assertTrue(problems.contains("there is no setting \"colour\""), problems);
    assertTrue(problems.contains("keys of quit: \"hyper-q\" is no key"), problems);
    assertEquals(List.of(Chord.parse("ctrl-q")), settings.keys().get("quit"));
  }

  @Test
  void chartsAreDrawnWithWhatTheUserOrTheTerminalSays() throws Exception {
    assertEquals(Optional.of(Glyphs.BLOCK), read("{\"charts\": \"block\"}").charts());
    assertTrue(read("{\"charts\": \"dots\"}").problems().getFirst().contains("braille, block"));
    assertEquals(Glyphs.BRAILLE, Glyphs.of(Map.of("LANG", "de_DE.UTF-8", "TERM", "xterm")));
    assertEquals(Glyphs.BLOCK, Glyphs.of(Map.of("LANG", "C.utf8", "TERM", "linux")));
    assertEquals(Glyphs.ASCII, Glyphs.of(Map.of("LC_ALL", "C", "LANG", "de_DE.UTF-8")));
  }

  @Test
  void aFileThatIsNoJsonSaysWhere() throws Exception {
    String problem = read("{\n \"theme\" \"x\"}").problems().getFirst();
    assertTrue(problem.contains("line 2"), problem);
    assertTrue(read("[1]").problems().getFirst().contains("write an object"));
  }

  @Test
  void whatIsRememberedComesBack() {
    Remembered remembered = new Remembered(directory.resolve("new/workbench.json"), List.of(TABLE));
    State state =
        State.INITIAL
            .with(Shell.SLOT, s -> s.withScreen(ScreenId.IMAGES))
            .with(TABLE, t -> t.sort("SIZE", true).filter("gone next time"))
            .put(Palette.HISTORY, List.of("ps -a", "stop 'a b'"))
            .put(Theme.SLOT, Themes.named("dark").orElseThrow());
    remembered.keep(state);
    State back = remembered.recall(State.INITIAL);
    assertEquals(ScreenId.IMAGES, back.get(Shell.SLOT).screen());
    assertEquals(TableState.START.sort("SIZE", true), back.get(TABLE));
    assertEquals(List.of("ps -a", "stop 'a b'"), back.get(Palette.HISTORY));
    assertEquals("dark", Theme.of(back).name());
  }

  @Test
  void aDamagedMemoryIsForgotten() throws Exception {
    Path file = Files.writeString(directory.resolve("m.json"), "{\"screen\": [");
    assertEquals(State.INITIAL, new Remembered(file, List.of(TABLE)).recall(State.INITIAL));
  }
}
