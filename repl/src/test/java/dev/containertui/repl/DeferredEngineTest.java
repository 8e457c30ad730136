package dev.containertui.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeferredEngineTest {
  @Test
  void engineIsOpenedOnceAndOnlyIfUsed() {
    AtomicInteger opened = new AtomicInteger();
    try (var engine =
        new DeferredEngine(
            () -> {
              opened.incrementAndGet();
              return new MemoryEngine();
            })) {
      assertEquals(0, opened.get());
      assertEquals(List.of(), engine.images().list());
      assertEquals(List.of(), engine.containers().list(true));
      assertEquals(1, opened.get());
    }
  }

  @Test
  void everyUseSaysWhyThereIsNone() {
    var engine =
        new DeferredEngine(
            () -> {
              throw new EngineException(Kind.UNAVAILABLE, "no engine", "start one");
            });
    for (int i = 0; i < 2; i++) {
      var failure = assertThrows(EngineException.class, engine::images);
      assertEquals("no engine", failure.getMessage());
      assertEquals("start one", failure.hint());
    }
    engine.close();
    assertEquals(
        Kind.CONFLICT,
        assertThrows(
                EngineException.class,
                () -> {
                  var closed = new DeferredEngine(MemoryEngine::new);
                  closed.close();
                  closed.images();
                })
            .kind());
  }

  @Test
  void waitForItCanBeInterrupted() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    var engine =
        new DeferredEngine(
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new MemoryEngine();
            });
    CountDownLatch cancelled = new CountDownLatch(1);
    Thread user =
        Thread.startVirtualThread(
            () -> {
              var failure = assertThrows(EngineException.class, engine::images);
              assertEquals(Kind.CANCELLED, failure.kind());
              cancelled.countDown();
            });
    user.interrupt();
    assertTrue(cancelled.await(30, TimeUnit.SECONDS));
    never.countDown();
    engine.close();
  }
}
