package dev.containertui.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The workbench as a program on a real terminal, tmux's: what is seen on it, and that it is as it
 * was after every way of ending.
 */
class WorkbenchTerminalTest {
  @TempDir Path directory;

  private String tmux(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-f", "/dev/null", "-S"));
    command.add(directory.resolve("socket").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private String screen() throws Exception {
    return tmux("capture-pane", "-p");
  }

  private Path file(String name) {
    return directory.resolve(name);
  }

  private void start(String mode, String environment) throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path script =
        Files.writeString(
            file("script"),
            """
            stty -a > %1$s/before
            echo 'printed before'
            (echo $(exec sh -c 'echo $PPID') > %1$s/pid; exec env %2$s %3$s \\
              -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \\
              -cp '%4$s' %5$s %6$s)
            echo $? > %1$s/code.tmp
            stty -a > %1$s/after
            echo 'printed after'
            mv %1$s/code.tmp %1$s/code
            sleep 600
            """
                .formatted(
                    directory,
                    environment,
                    java,
                    classPath,
                    WorkbenchProgram.class.getName(),
                    mode));
    tmux("new-session", "-d", "-x", "90", "-y", "24", "sh '" + script + "'");
  }

  @BeforeEach
  void tmuxIsThere() throws Exception {
    assertTrue(tmux("-V").startsWith("tmux"), "this test needs tmux");
  }

  @AfterEach
  void endServer() throws Exception {
    tmux("kill-server");
  }

  private void await(String text) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!screen().contains(text)) {
      if (System.nanoTime() > deadline) {
        fail("waited for " + text + " in:\n" + screen());
      }
      Thread.sleep(100);
    }
  }

  private void await(String what, BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail("waited for " + what + "; the screen:\n" + screen());
      }
      Thread.sleep(50);
    }
  }

  private void signal(String name) throws Exception {
    String pid = Files.readString(file("pid")).strip();
    assertEquals(0, new ProcessBuilder("kill", "-" + name, pid).start().waitFor());
  }

  /** What stty said, without the size. */
  private String settings(String name) throws Exception {
    return Files.readString(file(name)).replaceAll("rows \\d+; columns \\d+;", "");
  }

  /** The program has ended with {@code code} and the terminal is as it was. */
  private void assertRestored(int code) throws Exception {
    await("the end", () -> Files.exists(file("code")));
    assertEquals(code, Integer.parseInt(Files.readString(file("code")).strip()));
    assertEquals(settings("before"), settings("after"));
    await("printed after"); // the last that tmux is told
    assertEquals(
        "0 1 0", tmux("display", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}").strip());
    String screen = screen();
    assertTrue(screen.startsWith("printed before\n"), screen);
    assertTrue(screen.contains("printed after\n"), screen);
  }

  @Test
  void aWholeSession() throws Exception {
    start("", "COLORTERM=truecolor");
    await("● running");
    assertEquals("1", tmux("display", "-p", "#{alternate_on}").strip());
    tmux("send-keys", "G");
    await("▸ web");
    tmux("send-keys", "e");
    await("ctrl-] detaches ─");
    tmux("send-keys", "printf '\\033[1;31m漢字 😀\\033[0m|\\n'", "Enter");
    await("│漢字 😀|");
    tmux("resize-window", "-x", "70", "-y", "40");
    // The size follows in a moment; the words are not those that are waited for.
    tmux(
        "send-keys",
        "until [ \"$(stty size)\" = '36 6'8 ]; do sleep 0.1; done; stty size",
        "Enter");
    await("│36 68");
    tmux("send-keys", "C-]");
    await("enter types here");
    tmux("send-keys", "1");
    await("● running");
    tmux("send-keys", "q");
    await("it is stopped");
    tmux("send-keys", "y");
    assertRestored(0);
    assertTrue(screen().contains("stopping 1 container…"));
  }

  @Test
  void aTinyTerminalIsNoReasonToCrash() throws Exception {
    start("", "");
    await("● running");
    tmux("resize-window", "-x", "12", "-y", "4");
    await("too small");
    tmux("resize-window", "-x", "90", "-y", "24");
    await("● running");
    tmux("send-keys", "q");
    await("it is stopped");
    tmux("send-keys", "Enter");
    assertRestored(0);
  }

  @Test
  void noColorIsHonoured() throws Exception {
    start("", "NO_COLOR=1");
    await("● running");
    String escapes = tmux("capture-pane", "-p", "-e");
    assertTrue(Pattern.compile("[;\\[]7m").matcher(escapes).find(), "the selection is inverse");
    assertFalse(
        Pattern.compile("\u001b\\[[0-9;]*(3|4|9|10)[0-7]m").matcher(escapes).find(), escapes);
    signal("TERM");
    assertRestored(143);
  }

  @Test
  void terminated() throws Exception {
    start("", "");
    await("● running");
    signal("TERM");
    assertRestored(143);
    assertTrue(screen().contains("stopping 1 container…"));
  }

  @Test
  void hungUp() throws Exception {
    start("", "");
    await("● running");
    signal("HUP");
    assertRestored(129);
  }

  @Test
  void interruptedFromOutside() throws Exception {
    start("", "");
    await("● running");
    signal("INT");
    assertRestored(130);
  }

  @Test
  void controlCIsAKey() throws Exception {
    start("", "");
    await("● running");
    tmux("send-keys", "C-c");
    await("it is stopped");
    tmux("send-keys", "y");
    assertRestored(0);
  }

  @Test
  void anExceptionIsReportedOnTheRestoredTerminal() throws Exception {
    start("fail-drawing", "");
    assertRestored(1);
    assertTrue(screen().contains("NullPointerException"), screen());
  }

  @Test
  void anEngineThatDoesNotOpenIsReportedInOneLine() throws Exception {
    start("fail-opening", "");
    assertRestored(1);
    assertTrue(screen().contains("container-tui: no engine today\ntry tomorrow\n"), screen());
  }

  @Test
  void aDumbTerminalIsLeftAloneAndOneLineSaysSo() throws Exception {
    start("", "TERM=dumb");
    assertRestored(1);
    assertTrue(screen().contains("the screen needs a terminal: TERM=dumb"), screen());
  }

  @Test
  void withoutATerminalOneLineSaysSo() throws Exception {
    start("</dev/null", "");
    assertRestored(1);
    assertTrue(
        screen().contains("container-tui: the screen needs a terminal: standard input"), screen());
  }
}
