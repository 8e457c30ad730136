package dev.containertui.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplScriptTest {
  private final MemoryEngine engine = new MemoryEngine();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  private int run(String script) {
    return run(script, ReplScript.Options.DEFAULT);
  }

  private int run(String script, ReplScript.Options options) {
    return ReplScript.run(
        engine,
        script,
        "s.jsh",
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        options);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void printsWhatTheScriptPrintsAndNothingElse() {
    int code =
        run(
            """
            #!/usr/bin/env -S container-tui repl
            pull("alpine")
            images()
            var c = run("alpine").detach();
            System.out.println(c.exec("uname", "-a").text())
            print(c.exec("cat").stdin("some text").text());
            c.stop()
            """);
    assertEquals("Linux box 6.1.0 x86_64\nsome text\n", out());
    assertEquals("", err());
    assertEquals(0, code);
  }

  @Test
  void echoShowsValuesAsTables() {
    int code =
        run(
            "var i = pull(\"alpine\")\n1 + 1\nimages();",
            new ReplScript.Options(true, false, List.of(), Progress.NONE));
    assertEquals(0, code);
    assertTrue(out().startsWith("i =\nIMAGE"), out());
    assertTrue(out().contains("\n2\n"), out());
    assertTrue(out().contains("docker.io/library/alpine:latest"), out());
    assertTrue(out().contains("2.22 MB"), out());
    assertTrue(out().contains("3 days ago"), out());
  }

  @Test
  void templatesAreATable() {
    assertEquals(0, run("print(templates()); print(templates().getFirst());"));
    String table =
        """
        TEMPLATE          IMAGE  KERNEL    ACCEL  CPUS   MEMORY     DISK  CREATED     USED
        2f0c000000000001  any    6.1.0-56  tcg       1  512 MiB  65.2 MB  3 days ago  3 hours ago
        """;
    assertEquals(table + table, out());
  }

  @Test
  void aTimelineSaysHowTheMachineCameUp() {
    assertEquals(0, run("print(run(\"alpine\").coldBoot().detach().timeline());"));
    assertTrue(out().startsWith("cold boot: a test\nSTEP "), out());
    assertTrue(engine.containers().list(true).getFirst().spec().coldBoot());
  }

  @Test
  void compileErrorEndsTheScriptAtOnceAndPointsAtThePlace() {
    int code =
        run(
            """
            // a comment

            System.out.println("before");
            /* another
               comment */ int x =
                "a"
                ;
            System.out.println("after");
            """);
    assertEquals(1, code);
    assertEquals("before\n", out());
    assertEquals(
        """
        s.jsh:6:5: incompatible types: java.lang.String cannot be converted to int
              "a"
              ^^^
        """,
        err());
  }

  @Test
  void exceptionPointsAtItsLineWithinAMultiLineSnippet() {
    int code =
        run(
            """


            for (int i = 0; i < 3; i++) {
              // nothing here
              int n = Integer.parseInt("3");

              Integer.parseInt(
                  "three");
            }
            """);
    assertEquals(1, code);
    assertEquals(
        """
        s.jsh:7:3: java.lang.NumberFormatException: For input string: "three"
            Integer.parseInt(
            ^
        """,
        err());
  }

  @Test
  void exceptionInAMethodPointsIntoItAndNamesTheCaller() {
    int code =
        run(
            """
            int half(int n) {
              if (n % 2 != 0)
                throw new IllegalStateException("odd: " + n);
              return n / 2;
            }

            half(4);
            int q = half(5);
            """);
    assertEquals(1, code);
    assertEquals(
        """
        s.jsh:3:5: java.lang.IllegalStateException: odd: 5
              throw new IllegalStateException("odd: " + n);
              ^
          called at s.jsh:8:1
        """,
        err());
  }

  @Test
  void engineFailurePrintsMessageAndHintButNoTrace() {
    int code = run("var i =\n   pull(\"missing\");\n");
    assertEquals(1, code);
    assertTrue(err().contains("image not found: missing\n"), err());
    assertTrue(err().endsWith("hint: check the name and the tag\n"), err());
    assertFalse(err().contains("\tat "), err());
    assertTrue(err().startsWith("s.jsh:"), err());
  }

  @Test
  void debugPrintsTheTrace() {
    run("pull(\"missing\")", new ReplScript.Options(false, true, List.of(), Progress.NONE));
    assertTrue(err().contains("\tat dev.containertui.ContainerTui.pull"), err());
  }

  @Test
  void failingCommandEndsTheScriptIfAsked() {
    int code =
        run(
            """
            var c = run("alpine").detach();
            c.exec("false").code();
            print("still here");
            c.exec("false").text();
            print("not reached");
            """);
    assertEquals(1, code);
    assertEquals("still here\n", out());
    assertTrue(err().startsWith("s.jsh:4:1: false ended with exit code 1: it is false\n"), err());
  }

  @Test
  void unclosedBlockIsReported() {
    assertEquals(1, run("int a = 1;\nvoid f() {\n  a++;\n"));
    assertTrue(err().contains("reached end of file while parsing"), err());
    assertTrue(err().startsWith("s.jsh:"), err());
  }

  @Test
  void methodWhoseWordsNeverAppearFailsTheScript() {
    assertEquals(1, run("print(\"ran\");\nvoid f() { nowhere(); }\n"));
    assertEquals("ran\n", out());
    assertTrue(err().startsWith("s.jsh:2:1: f refers to what does not exist: "), err());
    assertTrue(err().contains("nowhere"), err());
  }

  @Test
  void methodMayUseWhatIsDeclaredLater() {
    assertEquals(0, run("int f() { return g() + 1; }\nint g() { return 1; }\nprint(f());\n"));
    assertEquals("2\n", out());
  }

  @Test
  void linesGoOnWhereThePersonGoesOn() {
    int code =
        run(
            """
            var total = List.of(1, 2, 3).stream()
                // a comment in between
                .mapToInt(i -> i)
                .sum()
            if (total > 100) {
              print("large");
            }
            else {
              print("small");
            }
            try { Integer.parseInt("x"); }
            catch (NumberFormatException e) { print("caught"); }
            print(total); print("same line")
            String text = \"""
                int x = ;
                \""";
            print(text.strip())
            """);
    assertEquals("", err());
    assertEquals(0, code);
    assertEquals("small\ncaught\n6\nsame line\nint x = ;\n", out());
  }

  @Test
  void exitCodeIsTheScripts() {
    assertEquals(7, run("if (true) exit(7);\nprint(\"no\");"));
    assertEquals(3, run("print(\"yes\");\n/exit 3\nprint(\"no\");"));
    assertEquals("yes\n", out());
    assertEquals(1, run("/quit"));
    assertTrue(err().contains("not /quit"), err());
  }

  @Test
  void argumentsAreThere() {
    int code =
        run(
            "print(args.length + args[1])",
            new ReplScript.Options(false, false, List.of("a", "b c"), Progress.NONE));
    assertEquals("2b c\n", out());
    assertEquals(0, code);
  }

  @Test
  void emptyScriptSucceeds() {
    assertEquals(0, run(""));
    assertEquals(0, run("#!/bin/x"));
    assertEquals(0, run("// only\n/* comments */\n"));
  }

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
