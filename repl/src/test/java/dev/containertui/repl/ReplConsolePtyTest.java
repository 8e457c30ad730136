package dev.containertui.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console as a program on a real pseudo terminal, used as a person would. */
class ReplConsolePtyTest {
  @TempDir private Path temp;
  private ConsoleFixture console;
  private Tmux terminal;

  @BeforeEach
  void startConsole() throws IOException {
    console = new ConsoleFixture(temp, 110, 40, Map.of());
    terminal = console.start();
  }

  @AfterEach
  void closeTerminal() {
    console.close();
  }

  private void assertTerminalRestored() throws IOException {
    console.assertTerminalRestored();
  }

  @Test
  void isUsedAsAPersonWould() throws IOException {
    assertTrue(terminal.screen().contains("starts a container in its own machine"));

    console.line("var c = run(\"alpine\").detach()").await("│ running │");
    console.prompt();
    terminal.type("c.timel").press("Tab").await("^java> c\\.timeline\\(\\)");
    terminal.press("Enter").await("│ kernel  │");

    console.prompt();
    terminal.type("c.exec(\"unam").press("Tab").type("e\")").press("Enter").await("= Linux box");
    console.line("_.code() + 7").await("^\\$\\d = 7$");

    console.clear().line("for (int i = 0; i < 2; i++) {").await("^ +>");
    terminal.type("System.out.println(\"line \" + i);").press("Enter").type("}").press("Enter");
    terminal.await("^line 1$");

    console.clear().line("c.nonsense()");
    terminal.await(
        "^cannot find symbol\n +symbol: +method nonsense\\(\\)\n +c.nonsense\\(\\)\n +\\^");

    console.leave();
    assertTerminalRestored();
    assertEquals("rw-------", mode(temp.resolve("state/history")));
    assertTrue(Files.readString(temp.resolve("state/history")).contains("c.nonsense()"));
  }

  private static String mode(Path file) throws IOException {
    return java.nio.file.attribute.PosixFilePermissions.toString(
        Files.getPosixFilePermissions(file));
  }

  @Test
  void ctrlCStopsWhatRunsAndNothingElse() throws IOException {
    console.line("int kept = 5").await("^kept = 5");
    console.line("print(\"g\" + \"o\"); while (true) { }").await("^go$");
    terminal.press("C-c").await("^(\\^C)?stopped");

    console.clear().line("pull(\"slow\")").await("asking the registry");
    terminal.press("C-c").await("^stopped");

    console
        .clear()
        .terminal()
        .type("half a li")
        .await("half a li$")
        .press("C-c")
        .await("half a li\\s+java>$") // What is typed before is dropped by the terminal.
        .type("kept + 1")
        .press("Enter")
        .await("^\\$\\d = 6$");
    console.line("exit(9)").await("CODE=9");
    assertTerminalRestored();
  }

  @Test
  void whatIsTypedWhileSomethingStopsIsShownOnceAtThePrompt() throws IOException {
    console
        .line(
            "{ print(\"g\" + \"o\"); try { Thread.sleep(600_000); }"
                + " finally { print(\"u\" + \"p\"); Thread.sleep(4000); } }")
        .await("^go$");
    terminal.press("C-c").await("^(\\^C)?up$").type("6 * 7").await("^java> 6 \\* 7$");
    assertEquals(1, terminal.screen().split("6 \\* 7", -1).length - 1, terminal.screen());
    terminal.press("Enter").await("^\\$1 = 42$");
    console.line("List.of(1,\n2).get(5)").await("^line 2, column 3: .*IndexOutOfBounds");
    console.leave();
    assertTerminalRestored();
  }

  @Test
  void snippetThatIgnoresCtrlCCanBeLeftBehind() throws IOException {
    // A lock that nobody will ever give back, waited for in a way that no interrupt ends.
    console.line("var lock = new java.util.concurrent.locks.ReentrantLock()");
    terminal.await("^lock = ");
    console.line("Thread.ofPlatform().start(lock::lock).join()");
    console.line("{ print(\"g\" + \"o\"); lock.lock(); }").await("^go$");
    terminal.pressUntil("C-c", "Ctrl-C once more leaves");
    terminal.press("C-c").await("CODE=130");
    assertTerminalRestored();
  }

  @Test
  void shellTakesTheTerminalAndGivesItBack() throws IOException {
    console.line("var c = run(\"alpine\").detach()").await("│ running │");
    console.clear().line("c.shell()").await("^guest 110x40");
    terminal.type("ls").await("^LS");
    terminal.press("C-c").await("LS<ctrl-c>");
    terminal.resize(90, 30);
    terminal.await("resized 90x30");
    terminal.type("q").await("exit code 42");
    terminal.await("^java>");

    console.clear().line("c.shell()").await("^guest 90x30");
    terminal.press("C-]").await("^java> *$");
    console.line("2 + 3").await("^\\$\\d = 5$");
    terminal.resize(110, 40);
    console.leave();
    assertTerminalRestored();
  }

  @Test
  void earlierLinesComeBack() throws IOException {
    console.line("int first = 1").await("^first = 1");
    console.line("int second = 2").await("^second = 2");
    console
        .clear()
        .terminal()
        .type("int f")
        .await("^java> int first = 1$"); // all but "int f" is grey
    terminal.press("End").type("0").press("Enter").await("^first = 10$");
    console.clear().terminal().type("int s").press("Up").await("^java> int second = 2$");
    terminal.press("Down").await("^java> int s");
    terminal.press("C-u").press("Up", "Up").await("^java> int second = 2$");
    terminal.press("C-u").press("C-r").type("first").await("first = 10");
    terminal.press("C-c").await("java>$");
    console.leave();

    console.start();
    console.clear().terminal().press("Up").await("^java> int first = 10$");
  }

  @Test
  void parametersAreHintedAndExplained() {
    terminal.type("\"a\".repeat(").await("repeat\\(int count\\)$");
    terminal.press("Tab").await("^String String.repeat\\(int count\\)$");
    terminal.press("C-u").type("/set hints off").await("^java> /set hints off$");
    terminal.press("Enter").await("^java>$").type("\"a\".repeat(");
    terminal.await("^java> \"a\".repeat\\($");
  }

  @Test
  void suspensionGivesTheShellItsTerminal() {
    console.prompt();
    terminal.type("1 + ").await("^java> 1 \\+").press("C-z").await("Stopped");
    terminal.type("clear; stty -a | grep -c -e ' icanon'").press("Enter").await("\\A1$");
    terminal.type("fg").press("Enter").await("java> 1 \\+");
    terminal.type("1").press("Enter").await("^\\$1 = 2$");
    console.prompt();
    terminal.press("C-d").await("^[#$]\\z"); // the shell's prompt
  }

  @Test
  void eventsComeAboveThePrompt() throws IOException {
    console.line("var go = Path.of(\"" + console.file("go") + "\")").await("^go = ");
    console.line("void killLater(Container c) { Thread.startVirtualThread(() -> {");
    terminal.type("while (!Files.exists(go)) Thread.yield();").press("Enter");
    terminal.type("try { c.kill(); Files.delete(go); } catch (IOException e) { }").press("Enter");
    terminal.type("}); }").press("Enter");
    console.line("var c = run(\"alpine\").detach()").await("│ running │");
    console.clear().line("killLater(c)").await("killLater\\(c\\)\n+java>$");
    terminal.type("1 +");
    Files.createFile(console.file("go"));
    terminal.await("^box0 has ended\n+java> 1 \\+$");
    terminal.type(" 1").press("Enter").await("= 2$");

    console.line("/set events off");
    console.line("var d = run(\"alpine\").name(\"d\").detach()").await("│ d +│");
    console.clear().line("killLater(d)").await("killLater\\(d\\)\n+java>$");
    Files.createFile(console.file("go"));
    console.line("while (Files.exists(go)) Thread.yield();");
    console.line("d.isRunning()").await("= false$");
    assertFalse(terminal.screen().contains("has ended"));
  }

  @Test
  void startupFileRunsFirst() throws IOException {
    console.leave();
    Files.writeString(
        console.file("startup.jsh"),
        """
        // what I always want
        int mine = 3;
        /set lines 2
        print("welcome");
        """);
    console.start();
    terminal.await("^welcome$");
    console.clear().terminal().type("List.of(\"a\", \"b\", \"c\", \"d\", \"e\".repeat(mine))");
    terminal.press("Enter").await("^a\nb\n… 3 more lines: /more\n+java>");
    console.line("/more").await("^eee$");
    terminal.press("q").await("^java> */more(?s).*^java>$");

    Files.writeString(console.file("broken.jsh"), "int a = 1;\nint b = a.length();\n");
    console.clear().line("/load " + console.file("broken.jsh"));
    terminal.await("broken\\.jsh:2:\\d+: int cannot be dereferenced");
    console.line("a + 1").await("^\\$\\d = 2$");
  }

  @Test
  void editorAndWorkbenchTakeTheTerminalAndGiveItBack() throws IOException {
    Path editor = console.file("editor");
    Files.writeString(editor, "#!/bin/sh\nsed -i s/1/20/ \"$1\"\n");
    assertTrue(editor.toFile().setExecutable(true));
    console.line("/set editor " + editor);
    console.line("1 + 2").await("^\\$1 = 3$");
    console.line("/edit").await("^\\$2 = 22$");
    console.line("/tui").await("^the workbench on 110 columns\n+java>");
    console.line("/edit 99999").await("^there is no line 99999");
    console.leave();
    assertTerminalRestored();
  }

  @Test
  void containersAreEnteredAndLeft() throws IOException {
    console.line("var c = run(\"alpine\").detach()").await("│ running │");
    console.clear().line("/sh box0").await("^guest 110x40");
    terminal.type("ab").await("AB").press("C-c").await("<ctrl-c>");
    terminal.press("C-p", "C-q").await("^java>$");
    console.clear().line("/sh box0 anything").await("^guest 110x40");
    terminal.type("q").await("^(.*)exit code 42(?s).*^java>$");
    console.clear().line("/set detach-keys ctrl-]");
    console.line("/attach box0").await("ctrl-\\] comes back");
    terminal.type("m").await("M").press("C-]").await("^box0 runs on(?s).*^java>$");
    console.line("/sh nobody").await("^container not found: nobody");
    console.leave();
    assertTerminalRestored();
  }

  @Test
  void terminationRestoresTheTerminal() throws IOException {
    long pid = console.pid();
    assertTrue(ProcessHandle.of(pid).orElseThrow().destroy());
    terminal.await("CODE=143");
    assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
  }
}
