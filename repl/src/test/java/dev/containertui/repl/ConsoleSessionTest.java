package dev.containertui.repl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole sessions, typed on a terminal, and what is then on its screen. */
class ConsoleSessionTest {
  @TempDir private Path temp;

  private ConsoleFixture console(int columns) throws IOException {
    return new ConsoleFixture(temp, columns, 45, Map.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 160})
  void valuesTablesAndErrors(int columns) throws IOException {
    try (ConsoleFixture console = console(columns)) {
      console.start();
      console.line("int n = 6 * 7").await("^n = 42\n+java>");
      console.line("n + 1").await("^\\$1 = 43\n+java>");
      console.line("_ * 2").await("^\\$2 = 86\n+java>");
      console.line("pull(\"alpine\")").await("(?s)\\$3 =.*linux/amd64.*java>$");
      console.line("record Point(int x, int y) {}");
      console.line("List.of(new Point(1, 2), new Point(30, 40))").await("(?s)^\\$4 =.*java>$");
      console.line("\"a\".repaet(2)").await("mean repeat\\?\n+java>");
      console.line("Integer.parseInt(\"x\")").await("input string: (?s).*java>$");
      console.line("_error.getMessage()").await("\\$5 = (?s).*java>$");
      console.line("\"a\\u001b]0;owned\\u0007b\"").await("^\\$6 =(?s).*java>$");
      console.assertColouredScreen("values-" + columns);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 160})
  void completion(int columns) throws IOException {
    try (ConsoleFixture console = console(columns)) {
      Tmux terminal = console.start();
      console
          .line("var c = run(\"alpine\").name(\"web\").detach()")
          .await("(?s)^c =.*running.*java>$");
      console.clear().terminal().type("c.tim").press("Tab").await("^java> c\\.timeline\\(\\)");
      terminal.press("C-u").type("c.st").press("Tab").await("Tab again: documentation");
      console.assertScreen("completion-list-" + columns);
      terminal.press("Tab").await("^Container Container.stop\\(\\)");
      console.assertScreen("completion-documentation-" + columns);
      terminal.press("C-u").type("c.exec(\"cat\", \"/etc/ho").press("Tab").await("/etc/host");
      terminal.press("Tab").await("^hostname +hosts$");
      console.assertScreen("completion-guest-paths-" + columns);
      terminal.press("C-u").type("/hel").press("Tab").await("^java> /help$");
      terminal.press("C-u").type("/set ").press("Tab").await("detach-keys");
      console.assertScreen("completion-settings-" + columns);
      terminal.press("C-u").type("c(\"w").press("Tab").await("^java> c\\(\"web\"$");
      terminal.press("C-u").type("/attach ").press("Tab").await("^java> /attach web$");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 160})
  void commands(int columns) throws IOException {
    try (ConsoleFixture console = console(columns)) {
      Tmux terminal = console.start();
      console.line("String s = \"text\"").await("^s = ");
      console.line("int twice(int i) { return 2 * i; }").await("(?s)twice.*java>$");
      console.line("/who").await("twice +│ \\(int\\)int(?s).*java>$");
      console.line("/tiem 1").await("mean /time\\?");
      console.line("/time twice(4)").await("after .* of compilation");
      console.line("/time 3 twice(4)").await("3 runs: median ");
      console.line("/set events off");
      console.line("/set events");
      terminal.await("^events off$");
      console.line("/set events maybe").await("^hint: it is on or off");
      console.line("/help time").await("warm up");
      console.line("/history twice").await("/history twice(?s).*java>$");
      console.assertScreen("commands-" + columns);
      console.clear().line("/help keys").await("Ctrl-Z(?s).*java>$");
      console.assertScreen("keys-" + columns);
      console.clear().line("/help commands").await("/exit(?s).*java>$");
      console.assertScreen("help-" + columns);
      console.line("/save " + console.file("saved.jsh")).await("2 snippets");
      assertTrue(Files.readString(console.file("saved.jsh")).startsWith("String s = \"text\";\n"));
      console.line("/exit 5").await("CODE=5");
      console.assertTerminalRestored();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 160})
  void pasteInterruptAndResize(int columns) throws IOException {
    try (ConsoleFixture console = console(columns)) {
      Tmux terminal = console.start();
      console.line("1").await("^\\$1 = 1\n+java>");
      console
          .clear()
          .terminal()
          .paste("int a = 4;\nint b = 5;\nif (a < b) {\n  print(\"less\");\n}");
      terminal.await("^ +> +\\}$");
      console.assertScreen("pasted-" + columns);
      terminal.press("Enter").await("^less\n+java>");
      console.line("{ print(\"g\" + \"o\"); while (true) { } }").await("^go$");
      terminal.press("C-c").await("stopped\n+java>$");
      terminal.type("half a li").await("half a li$").press("C-c").await("half a li\n+java>$");
      terminal.type("print(").await("print\\(").press("Enter").await("^ +>");
      terminal.type("a + b").press("Enter").type(")").press("Enter").await("^9\n+java>$");
      console.assertScreen("interrupted-" + columns);
      console.clear().terminal().type("a + b").await("^java> a \\+ b$");
      terminal.resize(60, 20);
      terminal.await("^java> a \\+ b$");
      terminal.type(" + 1").press("Enter").await("^\\$2 = 10\n+java>$");
      console.line("images()").await("^\\$3 = none\n+java>$");
      console.assertScreen("resized-" + columns);
    }
  }
}
