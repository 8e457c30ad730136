package dev.containertui.engine.api.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.engine.api.http.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small languages that clients speak and are spoken to in. */
class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "0, Less than a second",
    "1, 1 second",
    "59, 59 seconds",
    "60, About a minute",
    "3599, 59 minutes",
    "3700, About an hour",
    "100000, 28 hours",
    "1000000, 11 days",
    "3000000, 4 weeks",
    "10000000, 3 months",
    "100000000, 3 years"
  })
  void saysDurationsAsDockerDoes(long seconds, String words) {
    assertEquals(words, HumanTime.of(Duration.ofSeconds(seconds)));
  }

  @Test
  void readsTimes() {
    assertEquals(Instant.ofEpochSecond(5), Times.parse("t", "5"));
    assertEquals(Instant.ofEpochSecond(5, 250_000_000), Times.parse("t", "5.25"));
    assertEquals(Instant.ofEpochSecond(3600), Times.parse("t", "1970-01-01T02:00:00+01:00"));
    assertEquals(Instant.ofEpochSecond(3600), Times.parse("t", "1970-01-01T01:00:00"));
    assertEquals(Instant.ofEpochSecond(86400), Times.parse("t", "1970-01-02"));
    Instant ago = Times.parse("t", "1h30m");
    assertTrue(Duration.between(ago, Instant.now()).toMinutes() >= 90);
    assertThrows(Failure.class, () -> Times.parse("t", "soon"));
    assertThrows(Failure.class, () -> Times.parse("t", "9".repeat(40)));
    assertEquals(Optional.of(Duration.ofMillis(2500)), GoDuration.parse("2.5s"));
    assertEquals(Optional.empty(), GoDuration.parse("5"));
    assertEquals(Optional.empty(), GoDuration.parse("1h".repeat(100)));
  }

  @Test
  void readsQueriesAsDockerDoes() {
    Query query = new Query("a=1&b=False&c&d=x%20y+z&e=no&e=2&n=7");
    assertTrue(query.flag("a"));
    assertFalse(query.flag("b") || query.flag("c") || query.flag("e") || query.flag("none"));
    assertTrue(query.flag("none", true));
    assertEquals(Optional.of("x y z"), query.text("d"));
    assertEquals(2, query.all("e").size());
    assertEquals(7, query.number("n").getAsLong());
    assertThrows(Failure.class, () -> query.number("d"));
    assertThrows(Failure.class, () -> new Query("a=%zz"));
  }

  @Test
  void readsFiltersInBothForms() {
    String lists = "filters=%7B%22label%22%3A%5B%22a%3Db%22%2C%22c%22%5D%7D";
    String sets = "filters=%7B%22label%22%3A%7B%22a%3Db%22%3Atrue%2C%22c%22%3Atrue%7D%7D";
    for (String text : new String[] {lists, sets}) {
      Filters filters = new Filters(new Query(text), Set.of("label"));
      assertTrue(filters.allowsLabels(Map.of("a", "b", "c", "")));
      assertFalse(filters.allowsLabels(Map.of("a", "b")));
      assertFalse(filters.allowsLabels(Map.of("a", "x", "c", "")));
    }
    assertThrows(Failure.class, () -> new Filters(new Query(lists), Set.of("name")));
    assertThrows(
        Failure.class,
        () -> new Filters(new Query("filters=%7B%22label%22%3A7%7D"), Set.of("label")));
  }

  @Test
  void holdsBackWhatMayBecomeDetachKeys() {
    DetachKeys keys = DetachKeys.parse(Optional.empty());
    assertTyped("ab", false, keys, "ab");
    assertTyped("", false, keys, "\u0010");
    assertTyped("\u0010x", false, keys, "x");
    assertTyped("\u0010", false, keys, "\u0010\u0010");
    assertArrayEquals("\u0010".getBytes(), keys.rest());
    assertTyped("", true, keys, "\u0011after");
    DetachKeys one = DetachKeys.parse(Optional.of("q"));
    assertTyped("a", true, one, "aqb");
    assertTyped("\u001b", false, DetachKeys.parse(Optional.of("ctrl-@,ctrl-_")), "\u001b");
    for (String wrong : new String[] {"", "ctrl-", "ctrl-1", "ctrl-A", "ab", "a,,b", "é"}) {
      assertThrows(Failure.class, () -> DetachKeys.parse(Optional.of(wrong)), wrong);
    }
  }

  private static void assertTyped(String passed, boolean detached, DetachKeys keys, String input) {
    byte[] bytes = input.getBytes();
    DetachKeys.Typed typed = keys.feed(bytes, bytes.length);
    assertEquals(passed, new String(typed.bytes()));
    assertEquals(detached, typed.detached());
  }
}
