package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.engine.EngineEvent.ImageChanged;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventBusTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final int KEPT = 1024;

  private static EngineEvent event(int number) {
    return new ImageChanged(START.plusSeconds(number), "tag", "" + number);
  }

  private static int number(EngineEvent event) {
    return Integer.parseInt(((ImageChanged) event).reference());
  }

  private static int next(BlockingQueue<EngineEvent> heard) throws InterruptedException {
    EngineEvent event = heard.poll(30, TimeUnit.SECONDS);
    assertTrue(event != null, "nothing came");
    return number(event);
  }

  @Test
  void tellsOfThePastFromATimeOn() throws Exception {
    BlockingQueue<EngineEvent> heard = new LinkedBlockingQueue<>();
    BlockingQueue<EngineEvent> fromNowOn = new LinkedBlockingQueue<>();
    try (EventBus bus = new EventBus()) {
      for (int i = 0; i < 5; i++) {
        bus.publish(event(i));
      }
      bus.subscribe(START.plusSeconds(3), heard::add);
      bus.subscribe(fromNowOn::add);
      bus.publish(event(5));
      for (int expected : List.of(3, 4, 5)) {
        assertEquals(expected, next(heard));
      }
      assertEquals(5, next(fromNowOn));
    }
  }

  @Test
  void keepsTheLastOnesOnly() throws Exception {
    BlockingQueue<EngineEvent> heard = new LinkedBlockingQueue<>();
    try (EventBus bus = new EventBus()) {
      for (int i = 0; i < KEPT + 10; i++) {
        bus.publish(event(i));
      }
      bus.subscribe(Instant.MIN, heard::add);
      for (int i = 10; i < KEPT + 10; i++) {
        assertEquals(i, next(heard));
      }
    }
  }

  @Test
  void whoSubscribesWhileThingsHappenMissesNothingAndHearsNothingTwice() throws Exception {
    int count = 800;
    try (EventBus bus = new EventBus()) {
      Thread publisher =
          Thread.ofVirtual()
              .start(() -> IntStream.range(0, count).forEach(i -> bus.publish(event(i))));
      BlockingQueue<EngineEvent> heard = new LinkedBlockingQueue<>();
      bus.subscribe(Instant.MIN, heard::add);
      for (int i = 0; i < count; i++) {
        assertEquals(i, next(heard));
      }
      publisher.join();
      assertTrue(heard.isEmpty());
    }
  }
}
