package dev.containertui.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.repl.jshell.ScriptFile;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scripts that do not come to their own end. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplScriptStopTest extends ScriptFixture {
  @Test
  void endlessLoopIsStoppedByAnInterrupt() throws Exception {
    assertEquals(130, interrupted("print(\"go\"); while (true) { }", () -> out().contains("go")));
  }

  @Test
  void blockedEngineCallIsCancelledByAnInterrupt() throws Exception {
    int code = interrupted("pull(\"slow\")", () -> engine.slowPull.getCount() == 0);
    assertEquals(130, code);
  }

  @Test
  void blockedCommandIsCancelledByAnInterrupt() throws Exception {
    int code =
        interrupted(
            "var c = run(\"alpine\").detach(); print(\"go\"); c.exec(\"hang\").text(); print(\"no\")",
            () -> out().contains("go"));
    assertEquals(130, code);
    assertEquals("go\n", out());
  }

  @Test
  void anInterruptSaysWhereAndLetsFinallyRun() throws Exception {
    int code =
        interrupted(
            """
            try {
              print("go");
              while (true) { }
            } finally {
              print("cleaned up");
            }
            """,
            () -> out().contains("go"));
    assertEquals(130, code);
    assertEquals("go\ncleaned up\n", out());
    assertEquals("s.jsh:1:1: interrupted\n  try {\n  ^\n", err());
  }

  @Test
  void theTimeLimitStopsWhatRuns() {
    assertEquals(
        124,
        run(
            """
            var c = run("alpine").detach();
            try {
              c.exec("hang").code();
            } finally {
              c.rm();
            }
            print("not reached");
            """,
            limit(Duration.ofSeconds(15))));
    assertEquals("", out());
    assertEquals("s.jsh:2:1: not done after 15.0 s\n  try {\n  ^\n", err());
    assertEquals(List.of(), engine.containers().list(true));
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void theTimeLimitHoldsForScriptsOfManySnippetsToo() {
    assertEquals(124, run("int n = 0;\n" + "n++;\n".repeat(20_000), limit(Duration.ofSeconds(15))));
    assertTrue(err().matches("s.jsh:[0-9]+:1: not done after 15.0 s\n  n\\+\\+;\n  \\^\n"), err());
  }

  @Test
  void aScriptWithinItsTimeIsLeftAlone() {
    assertEquals(0, run("print(1)", limit(Duration.ofSeconds(50))));
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void anOutputThatNobodyReadsEndsTheScriptWithoutAWord() {
    int code =
        run(
            List.of(
                ReplScript.Source.of(
                    ScriptFile.text("s.jsh", "while (true) System.out.println(\"line\");"))),
            options(),
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
              }
            });
    assertEquals(141, code);
    assertEquals("", err());
  }

  private interface Condition {
    boolean holds();
  }

  private int interrupted(String script, Condition started) throws InterruptedException {
    AtomicInteger code = new AtomicInteger(-1);
    Thread runner = Thread.ofPlatform().start(() -> code.set(run(script)));
    while (!started.holds()) {
      Thread.sleep(10);
    }
    Thread.sleep(100); // well into the loop
    runner.interrupt();
    runner.join();
    return code.get();
  }
}
