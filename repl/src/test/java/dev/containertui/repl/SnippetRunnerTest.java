package dev.containertui.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.repl.jshell.Outcome;
import dev.containertui.repl.jshell.SnippetRunner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public class SnippetRunnerTest {
  /** Seen by snippets: they run in this process. */
  public static final Object SHARED = new Object();

  private final SnippetRunner runner = new SnippetRunner(Startup.IMPORTS, value -> {});
  private int snippets;

  @AfterEach
  void close() {
    runner.close();
  }

  private Outcome evaluate(String source) {
    return runner.evaluate(source, Integer.toString(snippets++));
  }

  @Test
  void valuesAreTheLiveObjects() {
    var done =
        assertInstanceOf(
            Outcome.Done.class, evaluate("var it = " + getClass().getName() + ".SHARED;"));
    assertSame(SHARED, done.value());
    assertEquals(Optional.of("it"), done.variable());
    assertEquals(
        List.of("it"), runner.variables().stream().map(SnippetRunner.Variable::name).toList());
    assertSame(SHARED, runner.variables().getFirst().value());
  }

  @Test
  void thrownIsTheLiveException() {
    var thrown =
        assertInstanceOf(
            Outcome.Thrown.class,
            evaluate("throw new UncheckedIOException(new IOException(\"inner\"));"));
    assertEquals("inner", thrown.thrown().getCause().getMessage());
    assertEquals(List.of(new Outcome.Frame("0", 1)), thrown.frames());
  }

  private String name(String source) {
    return assertInstanceOf(Outcome.Done.class, evaluate(source)).variable().orElseThrow();
  }

  private List<String> variables() {
    return runner.variables().stream().map(SnippetRunner.Variable::name).toList();
  }

  @Test
  void onlyResultsThatExistHaveNumbers() {
    assertEquals("$1", name("6 * 7"));
    assertInstanceOf(Outcome.Thrown.class, evaluate("Integer.parseInt(\"x\")"));
    assertInstanceOf(Outcome.Rejected.class, evaluate("1 + nothing"));
    assertInstanceOf(Outcome.Rejected.class, evaluate("\"a\".length(5)"));
    assertEquals(List.of("$1"), variables());
    assertEquals("$2", name("new ArrayList<>(List.of(1, 2))"));
    assertInstanceOf(Outcome.Thrown.class, evaluate("List.of().getFirst()"));
    assertInstanceOf(Outcome.Thrown.class, evaluate("List.of().getFirst()"));
    assertEquals("$3", name("$2.size() + $1"));
    assertEquals("$4", name("$3 + 41"));
    assertEquals(List.of("$1", "$2", "$3", "$4"), variables());
    assertEquals(85, runner.variables().getLast().value());
    assertEquals("int", runner.variables().getLast().type());
    assertEquals("ArrayList<Integer>", runner.variables().get(1).type());
  }

  @Test
  void aResultOfAnyTypeGetsTheNumberOfOneThatFailed() {
    List<String> values = new CopyOnWriteArrayList<>();
    try (var told = new SnippetRunner(Startup.IMPORTS, value -> values.add("" + value))) {
      List<String> expressions =
          List.of(
              "(byte) 1",
              "null",
              "new int[] {2}[0]",
              "new Object() { int n = 3; }.n",
              "List.of(1, \"x\")",
              "(Supplier<String>) () -> \"s\"",
              "Map.of(1, List.of(2))");
      for (int i = 0; i < expressions.size(); i++) {
        told.evaluate("1 / 0", "f" + i);
        Outcome outcome = told.evaluate(expressions.get(i), "e" + i);
        var done = assertInstanceOf(Outcome.Done.class, outcome, expressions.get(i));
        assertEquals(Optional.of("$" + (i + 1)), done.variable());
        assertTrue(done.temporary());
        assertEquals(done.value(), told.variables().getLast().value());
      }
      assertEquals(expressions.size(), told.variables().size());
      assertEquals(expressions.size(), values.size(), "each is told once: " + values);
    }
  }

  @Test
  void aVariableWhoseValueFailedDoesNotExist() {
    evaluate("int kept = 1;");
    assertInstanceOf(Outcome.Thrown.class, evaluate("var lost = Integer.parseInt(\"x\");"));
    assertInstanceOf(Outcome.Thrown.class, evaluate("int first = 1, second = 1 / 0, third = 3;"));
    assertInstanceOf(Outcome.Done.class, evaluate("String unset;"));
    assertInstanceOf(Outcome.Thrown.class, evaluate("kept = 1 / 0"));
    assertEquals(List.of("kept", "first", "third", "unset"), variables());
    assertInstanceOf(Outcome.Rejected.class, evaluate("lost"));
    runner.cancel();
    assertInstanceOf(Outcome.Stopped.class, evaluate("var stopped = 5;"));
    runner.rearm();
    assertEquals(List.of("kept", "first", "third", "unset"), variables());
    assertInstanceOf(Outcome.Done.class, evaluate("var lost = 5;"));
    assertEquals(5, runner.variables().getLast().value());
  }

  @Test
  void measuringRunsOnceCompiledCodeAgainAndKeepsNothing() {
    evaluate("int n = 0;");
    assertInstanceOf(Outcome.Done.class, runner.measure("n += 1", "m", 20));
    assertEquals(20, runner.runs().size());
    assertEquals(20, runner.variables().getFirst().value());
    assertInstanceOf(Outcome.Done.class, runner.measure("n * 2", "m2", 3));
    assertEquals(List.of("n"), variables());
    assertInstanceOf(
        Outcome.Thrown.class, runner.measure("{ if (++n > 25) throw new Error(); }", "m3", 100));
    assertEquals(26, runner.variables().getFirst().value());
    assertEquals("$1", name("n + 0"));
  }

  @Test
  void threadThatASnippetStartsDoesNotHoldItUp() {
    for (int i = 0; i < 50; i++) {
      var done =
          assertInstanceOf(
              Outcome.Done.class,
              evaluate(
                  "{ var t = new Thread(() -> { while (true) Thread.onSpinWait(); });"
                      + " t.setDaemon(true); if ("
                      + i
                      + " == 0) t.start(); }"));
      assertTrue(done.variable().isEmpty());
    }
    runner.cancel();
    runner.rearm();
  }

  @Test
  void stopBeforeTheStartIsNotLost() {
    runner.cancel();
    assertInstanceOf(Outcome.Stopped.class, evaluate("while (true) { }"));
    assertInstanceOf(Outcome.Stopped.class, evaluate("while (true) { }"));
    runner.rearm();
    assertInstanceOf(Outcome.Done.class, evaluate("1 + 1"));
  }

  @Test
  void stopEndsALoopThatSwallowsInterrupts() throws Exception {
    Thread canceller =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!Thread.interrupted()) {
                    runner.cancel();
                    try {
                      Thread.sleep(200);
                    } catch (InterruptedException e) {
                      return;
                    }
                  }
                });
    assertInstanceOf(
        Outcome.Stopped.class,
        evaluate("while (true) { try { Thread.sleep(50); } catch (InterruptedException e) { } }"));
    canceller.interrupt();
    canceller.join();
  }

  @Test
  void analysisThatTakesTooLongIsNoAnswer() {
    assertEquals(
        Optional.empty(),
        runner.analyse(
            Duration.ofMillis(50),
            analysis -> {
              try {
                Thread.sleep(2000);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return "late";
            }));
    assertInstanceOf(Outcome.Done.class, evaluate("1 + 1"));
  }

  @Test
  void declarationWaitsForWhatItLacks() {
    var unresolved =
        assertInstanceOf(Outcome.Unresolved.class, evaluate("int f() { return g(); }"));
    assertEquals("f", unresolved.declaration());
    assertEquals(1, runner.unresolved().size());
    evaluate("int g() { return 3; }");
    assertEquals(List.of(), runner.unresolved());
  }
}
