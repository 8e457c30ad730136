package dev.containertui;

import static dev.containertui.ContainerTui.await;
import static dev.containertui.ContainerTui.parallel;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerProcess;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.view.Style;
import dev.containertui.view.ValueRenderer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HelpersTest {
  @Test
  void answersComeInTheOrderOfTheThings() {
    CountDownLatch last = new CountDownLatch(1);
    List<Integer> answers =
        parallel(
            List.of(1, 2, 3),
            n -> {
              if (n == 3) {
                last.countDown();
              } else {
                last.await(); // all of them run at the same time
              }
              return n * n;
            });
    assertEquals(List.of(1, 4, 9), answers);
    assertEquals(List.of(), parallel(List.of(), n -> n));
  }

  @Test
  void noMoreThanAllowedRunAtOnce() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    parallel(
        2,
        IntStream.range(0, 20).boxed().toList(),
        n -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          two.countDown();
          two.await(); // the first two of them meet
          Thread.sleep(2);
          return now.decrementAndGet();
        });
    assertEquals(2, most.get());
  }

  @Test
  void everyFailureSaysWhichThing() {
    EngineException e =
        assertThrows(
            EngineException.class,
            () ->
                parallel(
                    List.of("a", "b", "c"),
                    name -> {
                      if (name.equals("a")) {
                        throw new EngineException(Kind.NOT_FOUND, "no image");
                      }
                      if (name.equals("c")) {
                        throw new IOException("broken");
                      }
                      return name;
                    }));
    assertEquals("2 of 3 failed: a: no image; c: IOException: broken", e.getMessage());
    assertEquals(Kind.INVALID, e.kind());
    assertEquals("no image", e.getCause().getMessage());
    assertEquals("broken", e.getSuppressed()[0].getMessage());
  }

  @Test
  void anInterruptReachesAllTasks() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(2);
    AtomicInteger interrupted = new AtomicInteger();
    AtomicReference<Kind> kind = new AtomicReference<>();
    Thread caller =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    parallel(
                        List.of(1, 2),
                        n -> {
                          started.countDown();
                          try {
                            Thread.sleep(Duration.ofHours(1));
                          } catch (InterruptedException e) {
                            interrupted.incrementAndGet();
                          }
                          return n;
                        });
                  } catch (EngineException e) {
                    kind.set(e.kind());
                  }
                });
    started.await();
    caller.interrupt();
    caller.join();
    assertEquals(2, interrupted.get());
    assertEquals(Kind.CANCELLED, kind.get());
  }

  @Test
  void aWaitSaysWhatItWasFor() {
    AtomicInteger asked = new AtomicInteger();
    await("the third time", () -> asked.incrementAndGet() == 3, Duration.ofSeconds(30));
    EngineException e =
        assertThrows(
            EngineException.class,
            () ->
                await(
                    "the server",
                    () -> {
                      throw new IOException("refused");
                    },
                    Duration.ofMillis(30)));
    assertEquals(
        "awaited for 30.0 ms, and it did not come: the server (last: IOException: refused)",
        e.getMessage());
    assertEquals("refused", e.getCause().getMessage());
    EngineException unnamed =
        assertThrows(EngineException.class, () -> await(() -> false, Duration.ZERO));
    assertTrue(
        unnamed.getMessage().matches(".*the condition of HelpersTest.java line \\d+"),
        unnamed.getMessage());
  }

  private record Screen(ByteArrayOutputStream bytes, PrintStream out, boolean live)
      implements Frontend {
    Screen(boolean live) {
      this(new ByteArrayOutputStream(), live);
    }

    private Screen(ByteArrayOutputStream bytes, boolean live) {
      this(bytes, new PrintStream(bytes, true, StandardCharsets.UTF_8), live);
    }

    @Override
    public Style style() {
      return new Style(false, false, 10);
    }

    @Override
    public String render(Object value) {
      return new ValueRenderer(style()).render(value);
    }

    @Override
    public Progress progress() {
      return Progress.NONE;
    }

    @Override
    public int handOver(Function<TerminalSize, ContainerProcess> start) {
      throw new UnsupportedOperationException();
    }

    String shown() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  /** Shows values one after the other; then it is interrupted. */
  private static String watched(boolean live, Object... values) throws InterruptedException {
    Screen screen = new Screen(live);
    Deque<Object> left = new ArrayDeque<>(List.of(values));
    Thread watcher =
        Thread.ofPlatform()
            .start(
                () ->
                    new Watch(screen, Duration.ofMillis(1))
                        .run(
                            () -> {
                              if (left.isEmpty()) {
                                throw new InterruptedException();
                              }
                              return left.pop();
                            }));
    watcher.join();
    return screen.shown();
  }

  @Test
  void watchPrintsChangesWhereNothingCanBeDrawnAnew() throws InterruptedException {
    assertEquals("1\n2\n1\n", watched(false, 1, 1, 2, 2, 1));
  }

  @Test
  void watchDrawsInPlaceOnATerminal() throws InterruptedException {
    assertEquals("a\nb\n\u001b[2A\u001b[Jc\n\u001b[1A\u001b[Jc\n", watched(true, "a\nb", "c", "c"));
    assertEquals("0123456789\n", watched(true, "0123456789 and more than fits"));
  }

  @Test
  void valuesAreJsonByTheirComponents() {
    var step = new Timeline.Step("kernel", Duration.ofMillis(1500), Duration.ofSeconds(2));
    assertEquals(
        "{\"container\":\"c\",\"start\":\"cold boot\",\"totalMillis\":2000.0,\"steps\":"
            + "[{\"name\":\"kernel\",\"tookMillis\":1500.0,\"atMillis\":2000.0}]}",
        new Timeline("c", "cold boot", Duration.ofSeconds(2), List.of(step)).json().toString());
    Listing<Change> changes =
        new Listing<>(List.of(new Change("added", "/a"), new Change("deleted", "/b")));
    assertEquals(
        "[{\"kind\":\"added\",\"path\":\"/a\"}]",
        changes.where(change -> change.kind().equals("added")).json().toString());
    assertEquals(1, changes.grep("deleted  /b$").size());
    assertEquals("CHANGE   PATH\nadded    /a\ndeleted  /b", changes.toString());
    assertArrayEquals(new Object[] {changes.get(0), changes.get(1)}, changes.toArray());
  }
}
