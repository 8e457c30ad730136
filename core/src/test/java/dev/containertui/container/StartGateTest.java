package dev.containertui.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many machines start at a time. */
class StartGateTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void letsNoMoreInThanThereArePlaces() throws Exception {
    var gate = new StartGate(2, LONG, Duration.ZERO);
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    var two = new CountDownLatch(2);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        threads.submit(
            () -> {
              try (StartGate.Place _ = gate.enter()) {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                two.countDown();
                two.await(30, TimeUnit.SECONDS);
                Thread.sleep(5);
                inside.decrementAndGet();
              }
              return null;
            });
      }
    }
    assertEquals(2, most.get());
    assertEquals(0, inside.get());
  }

  @Test
  void lettingInCanBeCancelled() throws Exception {
    var gate = new StartGate(1, LONG, LONG);
    try (StartGate.Place _ = gate.enter()) {
      var waiting = new CountDownLatch(1);
      var thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    waiting.countDown();
                    assertThrows(EngineException.class, gate::enter);
                  });
      waiting.await();
      thread.interrupt();
      assertTrue(thread.join(Duration.ofSeconds(30)));
    }
  }

  @Test
  void whoHasWaitedLongEnoughGoesAhead() {
    var gate = new StartGate(0, Duration.ofMillis(1), Duration.ZERO);
    gate.enter().close();
    gate.enter().close();
  }

  @Test
  void aPlaceIsKeptForTheFirstStepsOfAProgram() {
    Duration steps = Duration.ofMillis(200);
    var gate = new StartGate(1, LONG, steps);
    long begun = System.nanoTime();
    try (StartGate.Place place = gate.enter()) {
      place.programBegun();
    }
    gate.enter().close();
    Duration waited = Duration.ofNanos(System.nanoTime() - begun);
    assertTrue(waited.compareTo(steps) >= 0, "it did not wait for the first steps");
    assertTrue(waited.compareTo(LONG) < 0, "the place was never given back");
  }

  @Test
  void aStartThatFailedGivesItsPlaceBackAtOnce() {
    var gate = new StartGate(1, LONG, LONG);
    long begun = System.nanoTime();
    gate.enter().close();
    gate.enter().close();
    Duration waited = Duration.ofNanos(System.nanoTime() - begun);
    assertTrue(waited.compareTo(LONG) < 0, "it waited for a program that never began");
  }
}
