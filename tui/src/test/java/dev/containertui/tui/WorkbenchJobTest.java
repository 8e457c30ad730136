package dev.containertui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workbench as a job of a shell on a real terminal: stopped, and let go on. */
class WorkbenchJobTest {
  @TempDir Path directory;
  private TmuxSession terminal;

  @BeforeEach
  void open() throws Exception {
    terminal = new TmuxSession(directory, 90, 24);
  }

  @AfterEach
  void close() throws Exception {
    terminal.close();
  }

  /** What stty says, without the size. */
  private String settings(String name) throws Exception {
    Path file = directory.resolve(name);
    terminal.awaitPrompt();
    terminal.send("stty -a > " + file + "; clear; echo " + name + "-$((1+1))", "Enter");
    terminal.await(name + "-2"); // another word each time: the last one comes back with the screen
    return Files.readString(file).replaceAll("rows \\d+; columns \\d+;", "");
  }

  @Test
  void controlZGivesTheShellItsTerminalAndFgComesBack() throws Exception {
    String before = settings("before");
    terminal.startWorkbench("");
    terminal.await("● running");
    terminal.awaitModes("1 0 1");
    terminal.send("C-z");
    terminal.await("Stopped");
    terminal.awaitModes("0 1 0");
    assertEquals(before, settings("stopped"));
    terminal.run("resize-window", "-x", "70", "-y", "20");
    terminal.send("clear; fg", "Enter");
    terminal.await("● running");
    terminal.awaitModes("1 0 1");
    assertTrue(terminal.screen().lines().allMatch(l -> l.length() <= 70), "drawn in the new size");
    terminal.send("C-z"); // and again
    terminal.await("Stopped");
    terminal.send("clear; fg", "Enter");
    terminal.await("● running");
    terminal.send("2");
    terminal.await("Layers");
    terminal.send("q");
    terminal.await("it is stopped");
    terminal.send("y");
    terminal.await("stopping 1 container");
    assertEquals(before, settings("after"));
    terminal.awaitModes("0 1 0");
  }

  @Test
  void stoppedFromOutsideItTakesTheTerminalAgainWhenItGoesOn() throws Exception {
    terminal.startWorkbench("");
    terminal.await("● running");
    String pid = terminal.run("display", "-p", "#{pane_pid}").strip();
    String job =
        new String(
                new ProcessBuilder("pgrep", "-P", pid).start().getInputStream().readAllBytes(),
                java.nio.charset.StandardCharsets.US_ASCII)
            .strip();
    assertEquals(0, new ProcessBuilder("kill", "-STOP", job).start().waitFor());
    terminal.await("Stopped"); // over the workbench, which could not tidy up
    terminal.send("stty sane", "Enter", "clear; fg", "Enter");
    terminal.await("● running");
    terminal.send("2");
    terminal.await("Layers");
    terminal.send("q");
    terminal.await("it is stopped");
    terminal.send("y");
    terminal.await("stopping 1 container");
    terminal.awaitModes("0 1 0");
  }

  @Test
  void withoutAShellToComeBackToControlZDoesNothing() throws Exception {
    terminal.send("exec ", "");
    terminal.startWorkbench(""); // in the shell's place: nobody could let it go on
    terminal.await("● running");
    terminal.send("C-z");
    terminal.send("2");
    terminal.await("Layers");
  }
}
