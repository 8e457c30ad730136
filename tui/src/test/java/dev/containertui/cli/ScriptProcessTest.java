package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scripts in a process of their own, over an engine in memory: pipes, signals, exit codes. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScriptProcessTest {
  @TempDir Path temp;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private Process start(String script, String... arguments) throws IOException {
    Path file = temp.resolve("s.jsh");
    Files.writeString(file, script);
    List<String> words = new ArrayList<>(List.of("repl"));
    words.addAll(List.of(arguments));
    words.add(file.toString());
    Process process =
        new ProcessBuilder(Subprocess.java(FakeMain.class, words.toArray(String[]::new)))
            .redirectError(temp.resolve("err").toFile())
            .start();
    started.add(process);
    return process;
  }

  private String errors() throws IOException {
    return Files.readString(temp.resolve("err"));
  }

  private static String line(Process process) throws IOException {
    StringBuilder line = new StringBuilder();
    InputStream out = process.getInputStream();
    for (int c = out.read(); c >= 0 && c != '\n'; c = out.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  private static String rest(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    int sent =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    assertEquals(0, sent);
  }

  private static final String ENDLESS =
      """
      try {
        print("go");
        while (true) { }
      } finally {
        print("cleaned up");
      }
      """;

  @Test
  void ctrlCStopsItAfterItsFinally() throws Exception {
    Process process = start(ENDLESS);
    assertEquals("go", line(process));
    signal(process, "INT");
    assertEquals("cleaned up\n", rest(process));
    assertEquals(130, process.waitFor());
    assertEquals(temp + "/s.jsh:1:1: stopped by Ctrl-C\n  try {\n  ^\n", errors());
  }

  @Test
  void terminationStopsItToo() throws Exception {
    Process process = start(ENDLESS.replace("print(", "System.err.println("), "--json");
    while (!errors().contains("go")) {
      Thread.sleep(50);
    }
    signal(process, "TERM");
    assertEquals(143, process.waitFor());
    String last = errors().lines().toList().getLast();
    assertTrue(errors().contains("cleaned up\n"), errors());
    assertTrue(last.startsWith("{\"error\":{\"reason\":\"terminated\",\"exitCode\":143,"), last);
  }

  @Test
  void aSecondCtrlCEndsTheProcessAtOnce() throws Exception {
    Process process =
        start(
            """
            while (true) {
              try {
                print("go");
                Thread.sleep(100_000);
              } catch (InterruptedException e) {
                print("no");
                Thread.sleep(100_000);
              }
            }
            """);
    assertEquals("go", line(process));
    signal(process, "INT");
    assertEquals("no", line(process));
    signal(process, "INT");
    assertTrue(process.waitFor(10, TimeUnit.SECONDS), "sooner than the grace of a stop");
    assertEquals(130, process.exitValue());
  }

  @Test
  void aReaderThatGoesAwayEndsItWithoutAWord() throws Exception {
    Process process = start("for (int i = 0; ; i++) print(\"line \" + i);");
    assertEquals("line 0", line(process));
    process.getInputStream().close();
    assertEquals(141, process.waitFor());
    assertEquals("", errors());
  }

  @Test
  void whatIsPrintedArrivesBeforeTheScriptGoesOn() throws Exception {
    Process process =
        start(
            """
            System.out.print("name? ");
            var name = new Scanner(System.in).nextLine();
            print("hello " + name);
            """);
    assertEquals("name? ", new String(process.getInputStream().readNBytes(6)));
    process.getOutputStream().write("moon\n".getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().close();
    assertEquals("hello moon\n", rest(process));
    assertEquals(0, process.waitFor());
  }

  @Test
  void theTimeIsUpForWhatIgnoresInterruptsToo() throws Exception {
    Process process =
        start(
            """
            print("go");
            while (true) {
              try { Thread.sleep(1000); } catch (InterruptedException e) { }
            }
            """,
            "--timeout",
            "15s");
    assertEquals("go\n", rest(process));
    assertEquals(124, process.waitFor());
    assertTrue(errors().contains(":2:1: not done after 15.0 s\n"), errors());
  }

  @Test
  void exitCodesAreTheProcesss() throws Exception {
    assertEquals(7, start("exit(7)").waitFor());
    assertEquals(2, start("nowhere()").waitFor());
    assertEquals(1, start("throw new IllegalStateException();").waitFor());
    assertEquals(0, start("print(1)").waitFor());
  }
}
