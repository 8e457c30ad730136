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
