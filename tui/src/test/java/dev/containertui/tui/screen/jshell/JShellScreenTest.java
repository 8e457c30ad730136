package dev.containertui.tui.screen.jshell;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.tui.GoldenScreen;
import dev.containertui.tui.ProgramFixture;
import dev.containertui.tui.vt.Key;
import dev.containertui.tui.vt.Key.Kind;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real JShell in the pane. */
class JShellScreenTest {
  private final PrintStream out = System.out;
  private ProgramFixture workbench = new ProgramFixture(80, 24);

  @AfterEach
  void close() {
    workbench.close();
    assertSame(out, System.out, "the console gives the standard streams back");
  }

  @Test
  void snippetsAreTypedAndWhatTheyPrintComesToThePane() throws Exception {
    workbench.press(Key.character('5'));
    workbench.await("java>");
    workbench.type("int a = 6 * 7\n");
    workbench.await("42");
    workbench.type("System.out.println(\"pri\" + \"nted \" + a)\n");
    workbench.await("printed 42");
    workbench.press(Key.control(']'));
    workbench.press(Key.character('1'));
    assertTrue(workbench.picture().contains("NAME"), workbench.picture());
    workbench.press(Key.character('5')); // it went on, and has the keyboard again
    workbench.await("printed 42");
    workbench.type("a + 1\n");
    workbench.await("43");
    workbench.resize(60, 15);
    workbench.type("a + 2\n");
    workbench.await("44");
    assertTrue(workbench.picture().lines().allMatch(l -> l.length() <= 60), workbench.picture());
  }

  @ParameterizedTest
  @CsvSource({"80,24", "120,40", "60,15", "200,60"})
  void thePane(int columns, int rows) throws Exception {
    workbench.close();
    workbench = new ProgramFixture(columns, rows);
    workbench.press(Key.character('5'));
    workbench.await("java>");
    workbench.type("int a = 6 * 7\n");
    workbench.await("the next prompt", () -> prompts() == 2);
    // It comes in several pieces.
    GoldenScreen.await("jshell", workbench::frame);
    workbench.press(Key.control(']'));
    GoldenScreen.check("jshell-looking", workbench.frame());
  }

  private long prompts() {
    return workbench.picture().lines().filter(l -> l.contains("java>")).count();
  }

  @Test
  void itEndsWithControlDAndIsStartedAgain() throws Exception {
    workbench.press(Key.character('5'));
    workbench.await("java>");
    workbench.press(Key.control('d'));
    workbench.await("exited 0");
    workbench.press(Kind.ENTER);
    workbench.press(Key.character('r'));
    workbench.await("a new one", () -> !workbench.picture().contains("exited 0"));
    workbench.await("java>");
  }

  @Test
  void aPipeWaitsAndEnds() throws Exception {
    KeyPipe pipe = new KeyPipe();
    pipe.output.write(new byte[] {1, 2, 3});
    byte[] two = new byte[2];
    assertTrue(pipe.input.read(two) == 2 && two[1] == 2);
    pipe.close();
    assertTrue(pipe.input.read() == 3);
    assertTrue(pipe.input.read() == -1);
  }
}
