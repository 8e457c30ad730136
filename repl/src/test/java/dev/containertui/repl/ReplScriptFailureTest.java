package dev.containertui.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.repl.jshell.ScriptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a script says when something in it fails. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplScriptFailureTest extends ScriptFixture {
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
  void exceptionsNameLineAndColumnWhateverTheScriptCameFrom() {
    for (String name : List.of("s.jsh", "<stdin>", "-e")) {
      err.reset();
      var source =
          new ReplScript.Source(
              ScriptFile.text(name, "var n = 0;\n  int m = 1; int k = m / n;\nprint(\"no\");\n"),
              temp);
      assertEquals(1, run(List.of(source), options(), out));
      assertEquals(
          name
              + """
              :2:14: java.lang.ArithmeticException: / by zero
                  int m = 1; int k = m / n;
                             ^
              """,
          err());
    }
    assertEquals("", out());
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
}
