package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.containertui.error.EngineException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointsInTimeTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "90s, PT1M30S",
    "1h30m, PT1H30M",
    "1.5h, PT1H30M",
    "300ms, PT0.3S",
    ".5s, PT0.5S"
  })
  void durationsAreThoseOfGo(String text, Duration expected) {
    assertEquals(expected, PointsInTime.duration(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 s", "s", "-5s", "1h-5m", "999999999999999h", "1d"})
  void whatIsNoDurationIsRefused(String text) {
    assertThrows(EngineException.class, () -> PointsInTime.duration(text));
  }

  @ParameterizedTest
  @CsvSource({
    "10m, 2026-03-01T11:50:00Z",
    "2026-02-28T10:00:00Z, 2026-02-28T10:00:00Z",
    "2026-02-28T10:00:00.5+01:00, 2026-02-28T09:00:00.5Z",
    "2026-02-28T10:00:00, 2026-02-28T08:00:00Z",
    "2026-02-28, 2026-02-27T22:00:00Z",
    "1769860800, 2026-01-31T12:00:00Z",
    "1769860800.25, 2026-01-31T12:00:00.250Z"
  })
  void pointsInTimeHaveManyForms(String text, Instant expected) {
    assertEquals(expected, PointsInTime.instant(text, NOW, ZoneId.of("+02:00")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-13-01", "2026-02-28T25:00:00Z", "12:00"})
  void whatIsNoPointInTimeIsRefused(String text) {
    var e =
        assertThrows(EngineException.class, () -> PointsInTime.instant(text, NOW, ZoneId.of("Z")));
    assertEquals(EngineException.Kind.INVALID, e.kind());
  }
}
