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
  private Tmux terminal;

  @BeforeEach
  void startConsole() throws IOException {
    Path start = temp.resolve("start");
    Files.writeString(
        start,
        """
        stty -a | tail -n +2 > %1$s/before
        sh -c 'echo $$ > %1$s/pid; exec %2$s --enable-native-access=ALL-UNNAMED -cp %3$s \
          dev.containertui.repl.MemoryConsole %1$s/state/history'
        echo "CODE=$?"
        stty -a | tail -n +2 > %1$s/after
        echo OVER
        """
            .formatted(
                temp,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path")));
    terminal = new Tmux(110, 40, Map.of("LC_ALL", "C.UTF-8"));
    terminal.type(". " + start).press("Enter").await("^java>");
  }

  @AfterEach
  void closeTerminal() {
    terminal.close();
  }

  private void assertTerminalRestored() throws IOException {
    terminal.await("OVER");
    assertEquals(Files.readString(temp.resolve("before")), Files.readString(temp.resolve("after")));
  }

  @Test
  void isUsedAsAPersonWould() throws IOException {
    assertTrue(terminal.screen().contains("starts a container in its own virtual machine"));

    terminal.type("var c = run(\"alpine\").detach()").press("Enter").await("│ running │");
    terminal.type("c.timel").press("Tab").await("^java> c\\.timeline\\(\\)");
    terminal.press("Enter").await("│ kernel  │");

    terminal.type("c.exec(\"unam").press("Tab").type("e\")").press("Enter").await("^Linux box");
    terminal.type("_.code() + 7").press("Enter").await("^7$");

    terminal.press("C-l").type("for (int i = 0; i < 2; i++) {").press("Enter").await("^ +>");
    terminal.type("System.out.println(\"line \" + i);").press("Enter").type("}").press("Enter");
    terminal.await("^line 1$");

    terminal.press("C-l").type("c.nonsense()").press("Enter");
    terminal.await(
        "^cannot find symbol\n +symbol: +method nonsense\\(\\)\n +c.nonsense\\(\\)\n +\\^");

    terminal.press("C-d").await("CODE=0");
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
    terminal.type("int kept = 5").press("Enter").await("^kept = 5");
    terminal.type("print(\"g\" + \"o\"); while (true) { }").press("Enter").await("^go$");
    terminal.press("C-c").await("^(\\^C)?stopped");

    terminal.press("C-l").type("pull(\"slow\")").press("Enter").await("asking the registry");
    terminal.press("C-c").await("^stopped");

    terminal
        .press("C-l")
        .type("half a li")
        .await("half a li$")
        .press("C-c")
        .await("half a li\\s+java>$") // What is typed before is dropped by the terminal.
        .type("kept + 1")
        .press("Enter")
        .await("^6$");
    terminal.type("exit(9)").press("Enter").await("CODE=9");
    assertTerminalRestored();
  }

  @Test
  void snippetThatIgnoresCtrlCCanBeLeftBehind() throws IOException {
    // A lock that nobody will ever give back, waited for in a way that no interrupt ends.
    terminal.type("var lock = new java.util.concurrent.locks.ReentrantLock()").press("Enter");
    terminal.await("^lock = ");
    terminal.type("Thread.ofPlatform().start(lock::lock).join()").press("Enter");
    terminal.type("{ print(\"g\" + \"o\"); lock.lock(); }").press("Enter").await("^go$");
    terminal.pressUntil("C-c", "Ctrl-C once more leaves");
    terminal.press("C-c").await("CODE=130");
    assertTerminalRestored();
  }

  @Test
  void shellTakesTheTerminalAndGivesItBack() throws IOException {
    terminal.type("var c = run(\"alpine\").detach()").press("Enter").await("│ running │");
    terminal.press("C-l").type("c.shell()").press("Enter").await("^guest 110x40");
    terminal.type("ls").await("^LS");
    terminal.press("C-c").await("LS<ctrl-c>");
    terminal.resize(90, 30);
    terminal.await("resized 90x30");
    terminal.type("q").await("exit code 42");
    terminal.await("^java>");

    terminal.press("C-l").type("c.shell()").press("Enter").await("^guest 90x30");
    terminal.press("C-]").await("^java> *$");
    terminal.type("2 + 3").press("Enter").await("^5$");
    terminal.resize(110, 40);
    terminal.press("C-d").await("CODE=0");
    assertTerminalRestored();
  }

  @Test
  void terminationRestoresTheTerminal() throws IOException {
    long pid = Long.parseLong(Files.readString(temp.resolve("pid")).strip());
    assertTrue(ProcessHandle.of(pid).orElseThrow().destroy());
    terminal.await("CODE=143");
    assertTerminalRestored();
    assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
  }
}
