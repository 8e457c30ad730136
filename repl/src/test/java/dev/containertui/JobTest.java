package dev.containertui;

import static dev.containertui.ContainerTui.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.repl.MemoryEngine;
import dev.containertui.view.Style;
import dev.containertui.view.ValueRenderer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JobTest {
  @TempDir Path temp;
  private final MemoryEngine engine = new MemoryEngine();
  private Container c;

  @BeforeEach
  void open() {
    use(engine);
    c = run("alpine").detach();
  }

  @AfterEach
  void close() {
    ContainerTui.close();
    engine.close();
  }

  private static String shown(Object value) {
    return new ValueRenderer(Style.PLAIN).render(value);
  }

  @Test
  void nothingRunsUntilTheDescriptionEnds() {
    Run described = run("alpine", "echo", "a").name("described");
    assertEquals(1, containers().size());
    assertEquals(
        "run alpine echo a: not started; .detach(), .text() or .interactive() does",
        shown(described));
    assertEquals("a", described.text());
    assertEquals("a", described.text(), "the same run, not another one");
    assertEquals(
        "echo a in " + c.name() + ": not started; .text(), .start() or .interactive() does",
        shown(c.command("echo", "a")));
  }

  @Test
  void textIsWhatAShellSubstitutes() {
    assertEquals("a b", c.exec("echo", "a", "b").text());
    assertEquals(List.of("x", "", "y"), c.exec("cat").stdin("x\n\ny\n\n").lines().subList(0, 3));
    assertEquals("x\n", c.exec("cat").stdin("x\n").result().output());
    byte[] bytes = {0, (byte) 0xff, 10};
    assertArrayEquals(bytes, c.exec("cat").stdin(bytes).bytes());
  }

  @Test
  void inputThatNobodyUsesIsClosed() {
    assertEquals("", c.exec("cat").text());
    assertEquals(0, run("alpine", "cat").code());
  }

  @Test
  void failuresSpeakTheCommandsWords() {
    Job job = c.exec("false");
    assertEquals(1, job.code());
    assertEquals("it is false\n", job.result().errors());
    EngineException e = assertThrows(EngineException.class, job::text);
    assertEquals("false ended with exit code 1: it is false", e.getMessage());
    assertEquals("it is false\nexit code 1", shown(job));
  }

  @Test
  void anEndThatDoesNotComeIsMade() {
    Job job = c.exec("hang").timeout(Duration.ofMillis(50));
    EngineException e = assertThrows(EngineException.class, job::code);
    assertEquals(Kind.TIMEOUT, e.kind());
    assertEquals("hang did not end within 50.0 ms, and was ended", e.getMessage());
    assertFalse(job.isAlive());
  }

  @Test
  void interruptedWaitsEndTheProcess() throws InterruptedException {
    Job job = c.exec("hang");
    AtomicReference<Kind> kind = new AtomicReference<>();
    Thread waiting =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    job.text();
                  } catch (EngineException e) {
                    kind.set(e.kind());
                  }
                });
    waiting.interrupt();
    waiting.join();
    assertEquals(Kind.CANCELLED, kind.get());
    assertFalse(job.isAlive());
  }

  @Test
  void showingAJobReadsNothingAway() throws Exception {
    Job job = c.exec("echo", "twice");
    assertEquals("twice", shown(job));
    assertEquals("twice", shown(job));
    assertEquals("twice\n", new String(job.getInputStream().readAllBytes()));
    Job running = c.exec("hang");
    assertEquals("hang still runs; .text() waits for its end", shown(running));
    assertTrue(running.isAlive());
    running.destroyForcibly();
  }

  @Test
  void outputGoesToAFile() throws Exception {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    Path file = temp.resolve("out");
    Result result = c.exec("cat").stdin(bytes).saveTo(file);
    assertTrue(result.ok());
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  @Test
  void pipesKnowAllCodes() {
    Pipeline pipe = c.exec("echo", "x").pipe(c.exec("cat")).pipe(c.exec("cat"));
    assertEquals("x", pipe.text());
    assertEquals(List.of(0, 0, 0), pipe.codes());
    assertSame(pipe.result(), pipe.result());
    Result broken = c.exec("false").pipe(c.exec("cat")).result();
    assertEquals(1, broken.code());
    assertEquals(List.of(1, 0), broken.codes());
    assertEquals("it is false\n", broken.errors());
    assertEquals("false | cat", broken.command());
    Job job = c.exec("echo", "x");
    assertThrows(EngineException.class, () -> job.pipe(job));
  }

  @Test
  void whatIsNotStartedIsNotLeftBehind() {
    run("alpine", "echo", "x").text();
    assertThrows(EngineException.class, () -> run("missing").detach());
    assertEquals(2, containers().size(), "the one that runs and, in memory, the one that ran");
  }
}
