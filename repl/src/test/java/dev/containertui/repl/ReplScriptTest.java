package dev.containertui.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.containertui.Progress;
import dev.containertui.repl.jshell.ScriptFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplScriptTest {
  private final MemoryEngine engine = new MemoryEngine();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir Path temp;

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  private int run(String script) {
    return run(script, ReplScript.Options.DEFAULT);
  }

  private int run(String script, ReplScript.Options options) {
    var source = new ReplScript.Source(ScriptFile.text("s.jsh", script), temp);
    return run(List.of(source), options, out);
  }

  private int run(List<ReplScript.Source> sources, ReplScript.Options options, OutputStream to) {
    return ReplScript.run(
        engine, sources, options, to, new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static ReplScript.Options options(String... flags) {
    List<String> set = List.of(flags);
    return new ReplScript.Options(
        set.contains("values"),
        set.contains("json"),
        set.contains("keepGoing"),
        set.contains("debug"),
        Optional.empty(),
        List.of("a", "b c"),
        Progress.NONE);
  }

  private static ReplScript.Options limit(Duration limit) {
    return new ReplScript.Options(
        false, false, false, false, Optional.of(limit), List.of(), Progress.NONE);
  }

  private JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
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
    int code = run("var i = pull(\"alpine\")\n1 + 1\nimages();", options("values"));
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
    assertEquals(2, code);
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
    run("pull(\"missing\")", options("debug"));
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
    assertEquals(2, run("int a = 1;\nvoid f() {\n  a++;\n"));
    assertTrue(err().contains("reached end of file while parsing"), err());
    assertTrue(err().startsWith("s.jsh:"), err());
  }

  @Test
  void methodWhoseWordsNeverAppearFailsTheScript() {
    assertEquals(2, run("print(\"ran\");\nvoid f() { nowhere(); }\n"));
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
  void anExpressionWithoutASemicolonGoesOnTooWhereThePersonGoesOn() {
    int code =
        run(
            """
            int n = 1;
            print("x"); List.of(1, 2) // the rest is below
                .stream()
                // and below this
                .count()
            n
            ++n;
            n
              + 40
            """,
            options("values"));
    assertEquals("", err());
    assertEquals(0, code);
    assertEquals("n = 1\nx\n2\nn = 1\n2\n42\n", out());
  }

  @Test
  void exitCodeIsTheScripts() {
    assertEquals(7, run("if (true) exit(7);\nprint(\"no\");"));
    assertEquals(3, run("print(\"yes\");\n/exit 3\nprint(\"no\");"));
    assertEquals("yes\n", out());
    assertEquals(2, run("/quit"));
    assertEquals(
        """
        s.jsh:1:1: scripts know no command /quit
          /quit
          ^^^^^
        hint: they know /exit [code] and /load FILE
        """,
        err());
    assertEquals(2, run("/exit soon"));
  }

  @Test
  void argumentsAreThere() {
    int code = run("print(args.length + args[1]); print(arguments()[0])", options());
    assertEquals("2b c\na\n", out());
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
  void keepGoingReportsAllAndEndsWithTheCodeOfTheFirst() {
    int code =
        run(
            """
            int a = "x";
            print("on");
            pull("missing");
            throw new IllegalStateException("third");
            print("and on");
            exit(7);
            print("not reached");
            """,
            options("keepGoing"));
    assertEquals(2, code);
    assertEquals("on\nand on\n", out());
    assertTrue(err().contains("s.jsh:1:9: incompatible types"), err());
    assertTrue(err().contains("s.jsh:3:1: image not found: missing"), err());
    assertTrue(err().contains("s.jsh:4:1: java.lang.IllegalStateException: third"), err());
    assertEquals(1, run("pull(\"missing\"); int a = \"x\";", options("keepGoing")));
    assertEquals(7, run("exit(7);", options("keepGoing")));
  }

  @Test
  void jsonIsALineForEachValueThatWasAskedFor() {
    int code =
        run(
            """
            var n = 20;
            n + 1
            n = 5;
            "a\\tb"
            List.of(1, 2.5, Optional.of(true), Optional.empty())
            Map.of("bytes", new byte[] {1, 2}, "took", Duration.ofMillis(1500))
            record P(String name, int[] numbers, Duration took) {}
            new P("p", new int[] {1, 2}, Duration.ofMillis(1))
            String nothing = null;
            nothing
            System.out.println("for a person")
            print("text", List.of("a"));
            """,
            options("values", "json"));
    assertEquals(0, code, err());
    List<JsonNode> lines = out().lines().map(this::json).toList();
    assertEquals(json("21"), lines.get(0));
    assertEquals(json("\"a\\tb\""), lines.get(1));
    assertEquals(json("[1,2.5,true,null]"), lines.get(2));
    assertEquals(json("{\"bytes\":\"AQI=\",\"took\":1500.0}"), lines.get(3));
    assertEquals(json("{\"name\":\"p\",\"numbers\":[1,2],\"tookMillis\":1.0}"), lines.get(4));
    assertEquals(json("null"), lines.get(5));
    assertEquals(json("\"text\""), lines.get(6));
    assertEquals(json("[\"a\"]"), lines.get(7));
    assertEquals(8, lines.size());
    assertEquals("for a person\n", err());
  }

  @Test
  void jsonOfTheEnginesValuesIsComplete() {
    int code =
        run(
            """
            pull("alpine")
            run("alpine").name("box0").detach()
            c("box0").exec("false")
            """,
            options("values", "json"));
    assertEquals(0, code, err());
    List<JsonNode> lines = out().lines().map(this::json).toList();
    assertEquals(json("[\"docker.io/library/alpine:latest\"]"), lines.get(0).get("references"));
    assertEquals(2_220_000, lines.get(0).get("sizeBytes").intValue());
    assertEquals("box0", lines.get(1).get("name").textValue());
    assertEquals("running", lines.get(1).get("state").textValue());
    assertEquals(1, lines.get(2).get("code").intValue());
    assertEquals("it is false\n", lines.get(2).get("errors").textValue());
  }

  @Test
  void jsonOfAFailureSaysWhatAndWhere() {
    assertEquals(
        1,
        run(
            """
            void get(String name) {
              pull(name);
            }
            get("missing");
            """,
            options("values", "json")));
    JsonNode error = json(err()).get("error");
    assertEquals("engine", error.get("reason").textValue());
    assertEquals("NOT_FOUND", error.get("kind").textValue());
    assertEquals(1, error.get("exitCode").intValue());
    assertEquals("image not found: missing", error.get("message").textValue());
    assertEquals("check the name and the tag", error.get("hint").textValue());
    assertEquals("s.jsh", error.get("file").textValue());
    assertEquals(2, error.get("line").intValue());
    assertEquals(3, error.get("column").intValue());
    assertEquals("  pull(name);", error.get("source").textValue());
    assertEquals(4, error.get("callers").get(0).get("line").intValue());
    assertFalse(error.has("trace"));
    assertEquals("", out());
  }

  @Test
  void aCircleIsNoEndlessJson() {
    assertEquals(
        1,
        run(
            "var m = new HashMap<String, Object>(); m.put(\"a\", m); m.put(\"b\", m); m",
            options("values", "json")));
    assertTrue(err().contains("too large to be written as JSON"), err());
  }

  @Test
  void severalSourcesAreOneSession() {
    var sources =
        List.of(
            ReplScript.Source.of(ScriptFile.text("-e 1", "int n = 40")),
            ReplScript.Source.of(ScriptFile.text("-e 2", "n + 2")),
            ReplScript.Source.of(ScriptFile.text("-e 3", "  n + x")));
    assertEquals(2, run(sources, options("values"), out));
    assertEquals("n = 40\n42\n", out());
    assertTrue(err().startsWith("-e 3:1:7: cannot find symbol"), err());
  }

  @Test
  void loadRunsAScriptBesideThisOneAndFailuresAreShownInIt() throws IOException {
    Files.createDirectories(temp.resolve("lib"));
    Files.writeString(
        temp.resolve("lib/words.jsh"),
        "#!/usr/bin/env -S container-tui repl\n/load deeper.jsh\nint twice(int n) {\n  return check(n) * 2;\n}\n");
    Files.writeString(
        temp.resolve("lib/deeper.jsh"),
        "int check(int n) {\n  if (n < 0) throw new IllegalArgumentException(\"below 0\");\n  return n;\n}\n");
    assertEquals(1, run("/load lib/words.jsh\nprint(twice(4));\ntwice(-1);\n"));
    assertEquals("8\n", out());
    String lib = temp.resolve("lib").toString();
    assertEquals(
        lib
            + """
            /deeper.jsh:2:3: java.lang.IllegalArgumentException: below 0
                if (n < 0) throw new IllegalArgumentException("below 0");
                ^
              called at LIB/words.jsh:4:3
              called at s.jsh:3:1
            """
                .replace("LIB", lib),
        err());
  }

  @Test
  void loadRefusesWhatItCannotRead() throws IOException {
    Files.writeString(temp.resolve("circle.jsh"), "/load circle.jsh\n");
    assertEquals(2, run("\n  /load missing.jsh"));
    assertTrue(err().startsWith("s.jsh:2:3: there is no script " + temp + "/missing.jsh\n"), err());
    assertEquals(2, run("/load circle.jsh"));
    assertTrue(err().contains("scripts load each other too deeply"), err());
    assertEquals(2, run("/load"));
  }

  @Test
  void anExceptionOfAnotherThreadIsToldAsItIs() {
    int code =
        run(
            """
            var threads = Executors.newVirtualThreadPerTaskExecutor();
            String get() {
              return pull("missing").id();
            }
            var task = threads.submit(() -> get());
            task.get();
            """);
    assertEquals(1, code);
    assertEquals(
        """
        s.jsh:3:3: image not found: missing
            return pull("missing").id();
            ^
          called at s.jsh:5:1
          called at s.jsh:6:1
        hint: check the name and the tag
        """,
        err());
  }

  @Test
  void theCauseIsShownIfAskedFor() {
    String script =
        "var e = new IOException(\"inner\");\nthrow new IllegalStateException(\"outer\", e);";
    assertEquals(1, run(script));
    assertFalse(err().contains("inner"), err());
    assertTrue(err().endsWith("hint: --debug shows what caused it\n"), err());
    assertEquals(1, run(script, options("debug")));
    assertTrue(err().contains("Caused by: java.io.IOException: inner"), err());
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

  @Test
  void whatIsPrintedIsThereAtOnce() throws Exception {
    Thread runner =
        Thread.ofPlatform().start(() -> run("System.out.print(\"half a line\"); while (true) { }"));
    while (!out().equals("half a line")) {
      Thread.sleep(10);
    }
    runner.interrupt();
    runner.join();
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
