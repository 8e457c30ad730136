package dev.containertui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanizeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.00 kB",
    "9994, 9.99 kB",
    "9996, 10.0 kB",
    "999499, 999 kB",
    "999500, 1.00 MB",
    "4215000, 4.22 MB",
    "9223372036854775807, 9.22 EB",
    "-5000, -5.00 kB"
  })
  void bytesHaveThreeDigits(long bytes, String text) {
    assertEquals(text, Humanize.bytes(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT0.00084S, 840 µs",
    "PT0.0125S, 12.5 ms",
    "PT3.2S, 3.20 s",
    "PT4M5S, 4 min 5 s",
    "PT4M, 4 min",
    "PT3H20M, 3 h 20 min",
    "PT50H, 2 d 2 h",
    "PT-1S, -1.00 s"
  })
  void durationsHaveTheUnitThatFits(Duration duration, String text) {
    assertEquals(text, Humanize.duration(duration));
  }

  @ParameterizedTest
  @CsvSource({
    "0, now", "30, 30 seconds ago", "600, 10 minutes ago", "10800, 3 hours ago",
    "345600, 4 days ago", "1728000, 2 weeks ago", "8640000, 3 months ago", "94608000, 3 years ago",
    "-5, in the future"
  })
  void pastTimesHaveOneUnit(long secondsAgo, String text) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    assertEquals(text, Humanize.ago(now.minusSeconds(secondsAgo), now));
  }

  @Test
  void namesBecomeWords() {
    assertEquals("exit code", Humanize.words("exitCode"));
  }
}
