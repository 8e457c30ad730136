package dev.containertui.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "0,0B",
    "999,999B",
    "1000,1kB",
    "1500,1.5kB",
    "13300,13.3kB",
    "3456789,3.46MB",
    "7800000,7.8MB",
    "123456789,123MB",
    "100000000,100MB",
    "5000000000,5GB"
  })
  void sizesAsDockerPrintsThem(long bytes, String text) {
    assertEquals(text, Units.size(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "512m,536870912",
    "1g,1073741824",
    "1.5g,1610612736",
    "64MiB,67108864",
    "1048576,1048576",
    "1 gb,1073741824",
    "10K,10240",
    "7b,7"
  })
  void memoryAsDockerReadsIt(String text, long bytes) {
    assertEquals(OptionalLong.of(bytes), Units.parseMemory(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "-1m", "1x", "1..5g", "0", "99999999999t", "NaN", "1e9"})
  void whatIsNoSizeIsRefused(String text) {
    assertEquals(OptionalLong.empty(), Units.parseMemory(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0,Less than a second", "1,1 second", "59,59 seconds", "60,About a minute", "3599,59 minutes",
    "3700,About an hour", "86400,24 hours", "1209600,2 weeks", "5184000,2 months",
        "63072000,2 years"
  })
  void agesAsDockerPrintsThem(long seconds, String text) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    assertEquals(text, Units.age(now.minusSeconds(seconds), now));
  }

  @Test
  void jsonIsEscaped() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("q\"\\", "a\nb\u001b\uD83D\uDE00é");
    List<Object> list = new ArrayList<>(List.of(1, true));
    list.add(null);
    map.put("list", list);
    map.put("empty", Map.of());
    assertEquals(
        "{\"q\\\"\\\\\":\"a\\nb\\u001b\\ud83d\\ude00é\",\"list\":[1,true,null],\"empty\":{}}",
        Json.write(map));
  }

  @ParameterizedTest
  @CsvSource({
    "docker.io/library/alpine:3,alpine,3", "docker.io/me/x:1,me/x,1",
    "localhost:5000/a/b:t,localhost:5000/a/b,t",
        "localhost:5000/a@sha256:00,localhost:5000/a,<none>"
  })
  void namesAreSplitAsPeopleReadThem(String reference, String repository, String tag) {
    String familiar = ImageNames.familiar(reference);
    assertEquals(repository, ImageNames.repository(familiar));
    assertEquals(tag, ImageNames.tag(familiar));
  }
}
