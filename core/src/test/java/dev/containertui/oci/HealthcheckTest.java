package dev.containertui.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.containertui.error.EngineException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthcheckTest {
  private static Optional<Healthcheck> check(String config) {
    return ImageConfig.parse(
            "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":%s,\"rootfs\":{\"type\":\"layers\"}}"
                .formatted(config)
                .getBytes(StandardCharsets.UTF_8),
            "the test's configuration")
        .execution()
        .healthcheck();
  }

  @Test
  void timesAreNanosecondsAndZeroIsAbsent() {
    String json =
        "{\"Test\":[\"CMD-SHELL\",\"x\"],\"Interval\":1500000000,\"Timeout\":0,"
            + "\"StartPeriod\":60000000000,\"Retries\":4}";
    Healthcheck check = check("{\"Healthcheck\":" + json + "}").get();
    assertEquals(List.of("CMD-SHELL", "x"), check.test());
    assertEquals(Optional.of(Duration.ofMillis(1500)), check.interval());
    assertEquals(Optional.empty(), check.timeout());
    assertEquals(Optional.of(Duration.ofMinutes(1)), check.startPeriod());
    assertEquals(Optional.empty(), check.startInterval());
    assertEquals(Optional.of(4), check.retries());
    assertEquals(
        json.replace("\"Timeout\":0,", ""),
        new String(JsonObject.write(check.toJson()), StandardCharsets.UTF_8));
  }

  @Test
  void imagesNeedNotHaveOne() {
    assertEquals(Optional.empty(), check("{}"));
    assertEquals(Optional.empty(), check("{\"Healthcheck\":null}"));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    for (String json : List.of("{\"Test\":\"x\"}", "{\"Interval\":-1}", "{\"Retries\":\"3\"}")) {
      assertThrows(EngineException.class, () -> check("{\"Healthcheck\":" + json + "}"), json);
    }
  }
}
