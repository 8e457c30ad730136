package dev.containertui.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The workbench on a terminal, with a real engine, registry and machines, driven by keys only, as a
 * person does it.
 */
class WorkbenchIT {
  @TempDir static Path temp;
  private static RealRegistry registry;
  private static Setting setting;
  private TmuxTerminal terminal;

  @BeforeAll
  static void startTheRegistry() throws Exception {
    registry = RealRegistry.start(temp.resolve("registry"));
    registry.push(SampleImages.busybox(), "busybox", "busybox:latest");
    setting = Setting.withKernel(temp.resolve("home")).supervised();
  }

  @AfterAll
  static void stopEverything() throws Exception {
    setting.run("engine", "stop", "--containers");
    registry.close();
    assertEquals(java.util.List.of(), setting.leftovers());
  }

  @BeforeEach
  void openATerminal() throws Exception {
    terminal = new TmuxTerminal(temp, 110, 32, setting.environment());
  }

  @AfterEach
  void closeTheTerminal() throws Exception {
    terminal.close();
  }

  private void startTheWorkbench() throws Exception {
    terminal.type("clear; echo printed before; " + Host.program().getFirst() + "; echo code $?");
    terminal.press("Enter");
    terminal.await("1 Containers", "2 Images", "6 System");
  }

  /** The shell has its terminal back as it was. */
  private void assertRestored() throws Exception {
    terminal.await("printed before", "code 0", TmuxTerminal.PROMPT);
    assertEquals("0 1 0", terminal.modes());
    terminal.type("stty -a | grep -c ' echo '");
    terminal.press("Enter");
    terminal.await("\n1\n");
  }

  @Test
  void pullRunConsoleExecStopAndRemove() throws Exception {
    startTheWorkbench();
    terminal.press("1");
    terminal.await("No containers yet");

    terminal.press("2");
    terminal.await("No images yet");
    terminal.press("p");
    terminal.type(registry.reference("busybox"));
    terminal.press("Enter");
    terminal.await("pulled " + registry.reference("busybox"));
    // In the table: a pull that goes on says its platform as well.
    terminal.await("─ Images 1 ─");
    terminal.await("linux/amd64");

    // Run, with the name that the palette offers to go on from.
    terminal.press("r");
    terminal.await(":run -it --rm ");
    terminal.press("C-u");
    terminal.type("run -it --name web " + registry.reference("busybox"));
    terminal.press("Enter");
    terminal.await("4 Consoles", "/ #");
    terminal.type("echo in-the-$((40+2))-guest");
    terminal.press("Enter");
    terminal.await("in-the-42-guest");

    // A full-screen editor, as in any terminal.
    terminal.type("vi /tmp/note");
    terminal.press("Enter");
    terminal.await("/tmp/note");
    terminal.press("i");
    terminal.await("I /tmp/note");
    terminal.type("written in vi");
    terminal.await("written in vi");
    terminal.press("Escape");
    terminal.await("- /tmp/note"); // a key that follows at once would be one with Alt
    terminal.type(":wq");
    terminal.press("Enter");
    terminal.await("/ #");
    terminal.type("clear; cat /tmp/note; stty size");
    terminal.press("Enter");
    terminal.await("written in vi");

    // One that redraws itself, and follows the size of the terminal.
    terminal.type("top");
    terminal.press("Enter");
    terminal.await("Mem:", "PID  PPID");
    terminal.resize(100, 28);
    terminal.await("Mem:");
    terminal.press("q");
    terminal.await("/ #"); // or top may read what is meant for the shell
    terminal.type("clear");
    terminal.press("Enter");
    terminal.awaitGone("PID  PPID");

    // Detached, it runs on.
    terminal.press("C-]");
    terminal.press("1");
    terminal.await("─ Containers 1 ─", "● running");

    // A shell beside the main process.
    terminal.press("e");
    terminal.await("4 Consoles", "/ #");
    terminal.type("echo shell-$((1+1)); exit");
    terminal.press("Enter");
    terminal.await("shell-2");
    terminal.await("exited 0");
    terminal.press("Enter");
    terminal.awaitGone("enter goes on");
    terminal.press("1");
    terminal.await("─ Containers 1 ─", "● running");

    terminal.type(":exec web echo executed");
    terminal.press("Enter");
    terminal.await("exec web echo executed  executed");

    terminal.press("s");
    terminal.await("stopped web");
    terminal.await("✗ exited");
    terminal.press("d");
    terminal.await("Remove");
    terminal.press("y");
    terminal.await("No containers yet");

    terminal.press("q");
    assertRestored();
    assertTrue(setting.run("ps", "-aq").expect(0).text().isBlank());
  }

  @Test
  void leavingTheWorkbenchEndsNoContainer() throws Exception {
    setting.run("pull", "-q", registry.reference("busybox")).expect(0);
    setting
        .run("run", "-d", "--name", "stays", registry.reference("busybox"), "sleep", "1000")
        .expect(0);
    startTheWorkbench();
    terminal.press("1"); // it remembers where it was left
    terminal.await("─ Containers 1 ─", "stays", "● running");
    terminal.press("3");
    terminal.await("3 Machines", "stays");
    terminal.press("6");
    terminal.await("6 System");
    terminal.press("q");
    assertRestored();
    assertTrue(setting.run("ps", "--format", "{{.Names}}").expect(0).text().contains("stays"));
    setting.run("rm", "-f", "stays").expect(0);
  }
}
