package dev.containertui.tui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.tui.draw.Frame;
import dev.containertui.tui.draw.Rect;
import dev.containertui.tui.vt.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class RendererTest {
  private static void golden(String name, Model model, int columns, int rows) {
    Golden.check(name + "-" + columns + "x" + rows, Renderer.render(model, columns, rows).text());
  }

  @Test
  void containers() {
    golden("containers", Models.model(), 80, 24);
    golden("containers", Models.model(), 120, 40);
    golden("containers", Models.model(), 40, 8);
  }

  @Test
  void images() {
    golden("images", Models.with(Models.model(), Pane.IMAGES), 80, 24);
    golden("images", Models.with(Models.model(), Pane.IMAGES), 120, 40);
  }

  @Test
  void emptyTablesSayWhyAndWhatToDo() {
    golden("empty", Models.empty(), 80, 24);
  }

  @Test
  void consoleFillsASmallScreen() {
    Rect size = Layout.consoleSize(80, 24);
    golden(
        "console",
        Models.with(Models.model(), Models.console(size.width(), size.height(), true, 0)),
        80,
        24);
  }

  @Test
  void consoleSharesATallScreen() {
    Rect size = Layout.consoleSize(120, 40);
    golden(
        "console",
        Models.with(Models.model(), Models.console(size.width(), size.height(), true, 0)),
        120,
        40);
  }

  @Test
  void detachedConsoleLooksBack() {
    Rect size = Layout.consoleSize(80, 24);
    golden(
        "console-back",
        Models.with(Models.model(), Models.console(size.width(), size.height(), false, 2)),
        80,
        24);
  }

  @Test
  void noConsole() {
    golden("no-console", Models.with(Models.model(), Pane.CONSOLE), 80, 24);
  }

  @Test
  void pulls() {
    golden("pulls", Models.with(Models.model(), Models.pulls()), 80, 24);
    golden("pulls", Models.with(Models.model(), Models.pulls()), 40, 10);
  }

  @Test
  void dialogs() {
    golden("help", Models.with(Models.model(), new Dialog.Help(0)), 80, 24);
    golden("help", Models.with(Models.model(), new Dialog.Help(999)), 120, 40);
    golden(
        "confirm",
        Models.with(Models.model(), new Dialog.Confirm("Stop web?", "It gets ten seconds.")),
        80,
        24);
    golden(
        "page",
        Models.with(
            Models.model(),
            new Dialog.TextPage("web", List.of("{", "  \"long\": \"" + "x".repeat(90), "}"), 0)),
        80,
        24);
  }

  @Test
  void bottomLine() {
    golden("command", Models.with(Models.model(), new InputLine(':', "run ", 4, "IMAGE")), 80, 24);
    golden(
        "error",
        Models.with(
            Models.model(),
            new Notice(true, "no such image: nginx:none", "check the name and the registry")),
        80,
        24);
  }

  @Test
  void aLongErrorTakesThreeRowsAtMost() {
    Notice notice =
        new Notice(
            true,
            "layer 2 of 4 (sha256:" + "85e54fb2".repeat(8) + "): " + "a long story. ".repeat(20),
            "pull it again");
    golden("long-error", Models.with(Models.model(), notice), 80, 24);
  }

  @Test
  void aTinyScreenSaysWhatItNeeds() {
    golden("tiny", Models.model(), 20, 5);
  }

  @Test
  void anySizeCanBeDrawn() {
    Model everything = Models.with(Models.model(), Models.console(20, 5, true, 0));
    everything = Models.with(everything, Models.pulls());
    everything = Models.with(everything, new InputLine(':', "漢字".repeat(80), 100, "hint"));
    for (int columns = 1; columns < 130; columns += 3) {
      for (int rows = 1; rows < 45; rows += 2) {
        for (Dialog dialog :
            List.of(
                new Dialog.Help(3),
                new Dialog.Confirm("q".repeat(200), "d"),
                new Dialog.TextPage("t", List.of("漢".repeat(300)), 5))) {
          Frame frame = Renderer.render(Models.with(everything, dialog), columns, rows);
          assertEquals(rows, frame.text().lines().count());
        }
        Renderer.render(everything, columns, rows);
      }
    }
  }

  @Test
  void theSelectionIsMarkedByMoreThanColour() {
    Frame frame = Renderer.render(Models.model(), 80, 24);
    int row = 0;
    while (!frame.glyph(1, row).equals("▸")) {
      row++;
    }
    assertTrue(Style.has(frame.style(10, row), Style.INVERSE));
    assertFalse(Style.has(frame.style(10, row - 1), Style.INVERSE));
  }

  @Test
  void theCursorIsWhereTheProgramHasIt() {
    Rect size = Layout.consoleSize(80, 24);
    ConsoleModel console = Models.console(size.width(), size.height(), true, 0);
    Frame frame = Renderer.render(Models.with(Models.model(), console), 80, 24);
    assertEquals(1 + 4, frame.cursorColumn());
    assertEquals(22 - 1, frame.cursorRow());
  }

  @Test
  void namesCannotPaintTheScreen() {
    ContainerRow evil =
        Models.container(
            "a\u001b[2Jb\u202ec\u0007",
            "x\ny",
            new dev.containertui.container.ContainerState.Created(java.time.Instant.EPOCH));
    Model m = Models.model();
    Model model =
        new Model(
            m.version(),
            m.engine(),
            0,
            Pane.CONTAINERS,
            Models.table(List.of(evil), 0),
            m.images(),
            m.console(),
            m.pulls(),
            m.dialog(),
            m.input(),
            m.notice());
    String text = Renderer.render(model, 80, 24).text();
    assertTrue(text.contains("a·[2Jbc·"), text);
    assertTrue(text.contains("x y"));
    assertTrue(text.chars().allMatch(c -> c == '\n' || c >= 0x20 && c != 0x202e));
  }
}
