package dev.containertui.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.repl.jshell.ScriptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplScriptTest extends ScriptFixture {
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
  void whatIsPrintedIsThereAtOnce() throws Exception {
    Thread runner =
        Thread.ofPlatform().start(() -> run("System.out.print(\"half a line\"); while (true) { }"));
    while (!out().equals("half a line")) {
      Thread.sleep(10);
    }
    runner.interrupt();
    runner.join();
  }
}
