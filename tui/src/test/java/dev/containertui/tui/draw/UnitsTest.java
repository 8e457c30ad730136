package dev.containertui.tui.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitsTest {
  @Test
  void bytesHaveThreeDigitsAtMost() {
    assertEquals("0 B", Units.bytes(0));
    assertEquals("0 B", Units.bytes(-5));
    assertEquals("999 B", Units.bytes(999));
    assertEquals("1.0 KiB", Units.bytes(1000));
    assertEquals("1.0 MiB", Units.bytes(1 << 20));
    assertEquals("118 MiB", Units.bytes(123_456_789));
    assertEquals("8.0 EiB", Units.bytes(Long.MAX_VALUE));
  }

  @Test
  void durationsHaveTwoUnitsAtMost() {
    assertEquals("0s", Units.duration(Duration.ofSeconds(-3)));
    assertEquals("59s", Units.duration(Duration.ofSeconds(59)));
    assertEquals("1m01s", Units.duration(Duration.ofSeconds(61)));
    assertEquals("2h05m", Units.duration(Duration.ofMinutes(125)));
    assertEquals("4d11h", Units.duration(Duration.ofHours(107)));
  }

  @Test
  void agesHaveOneUnit() {
    assertEquals("just now", Units.age(Duration.ofSeconds(-100)));
    assertEquals("1 minute ago", Units.age(Duration.ofSeconds(61)));
    assertEquals("23 hours ago", Units.age(Duration.ofHours(23)));
    assertEquals("13 days ago", Units.age(Duration.ofDays(13)));
    assertEquals("3 weeks ago", Units.age(Duration.ofDays(25)));
    assertEquals("12 months ago", Units.age(Duration.ofDays(365)));
    assertEquals("3 years ago", Units.age(Duration.ofDays(1200)));
  }

  @Test
  void sparklinesAreRightAlignedAndScaled() {
    assertEquals("  ▁▅█", Units.sparkline(List.of(0L, 50L, 100L), 100, 5));
    assertEquals("▅█", Units.sparkline(List.of(0L, 50L, 100L), 100, 2));
    assertEquals("▁", Units.sparkline(List.of(7L), 0, 1));
  }

  @Test
  void barsFillByEighths() {
    assertEquals("    ", Units.bar(0, 4));
    assertEquals("██  ", Units.bar(0.5, 4));
    assertEquals("█▎  ", Units.bar(0.3125, 4));
    assertEquals("████", Units.bar(7, 4));
  }

  @Test
  void percents() {
    assertEquals("0.0%", Units.percent(0));
    assertEquals("12.4%", Units.percent(12.44));
    assertEquals("100%", Units.percent(99.96));
    assertEquals("250%", Units.percent(250));
  }
}
