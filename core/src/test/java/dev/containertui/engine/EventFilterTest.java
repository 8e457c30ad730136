package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.containertui.engine.EngineEvent.ContainerChanged;
import dev.containertui.engine.EngineEvent.ImageChanged;
import dev.containertui.error.EngineException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFilterTest {
  private static final EngineEvent DIE =
      new ContainerChanged(
          Instant.EPOCH, "die", "abc123", "web", Map.of("image", "alpine:3", "tier", "front"));
  private static final EngineEvent HEALTH =
      new ContainerChanged(Instant.EPOCH, "health_status: healthy", "def", "db", Map.of());
  private static final EngineEvent PULL =
      new ImageChanged(Instant.EPOCH, "pull", "docker.io/library/alpine:3");

  @ParameterizedTest
  @CsvSource({
    "type=container, true, true, false",
    "type=image, false, false, true",
    "event=die, true, false, false",
    "event=health_status, false, true, false",
    "container=web, true, false, false",
    "container=abc, true, false, false",
    "image=alpine, true, false, true",
    "image=alpine:3, true, false, true",
    "label=tier=front, true, false, false",
  })
  void oneCondition(String term, boolean die, boolean health, boolean pull) {
    EventFilter filter = EventFilter.of(FilterTerms.parse(List.of(term)));
    assertEquals(
        List.of(die, health, pull),
        List.of(filter.test(DIE), filter.test(HEALTH), filter.test(PULL)));
  }

  @Test
  void whatItDoesNotKnowIsRefused() {
    assertThrows(EngineException.class, () -> EventFilter.of(FilterTerms.parse(List.of("node=x"))));
  }
}
