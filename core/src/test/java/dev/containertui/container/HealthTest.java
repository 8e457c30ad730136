package dev.containertui.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.containertui.container.Health.Check;
import dev.containertui.container.Health.Status;
import dev.containertui.oci.ImageConfig;
import dev.containertui.oci.ImageConfig.Execution;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private static final HealthCheck RULES =
      new HealthCheck(
          List.of("check"),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          2);

  private static Check check(int second, int exitCode) {
    Instant at = START.plusSeconds(second);
    return new Check(at, at, exitCode, "" + second);
  }

  private static Health after(Check... checks) {
    Health health = HealthProgress.initial();
    for (Check check : checks) {
      health = HealthProgress.after(health, check, RULES, START);
    }
    return health;
  }

  @Test
  void failuresInTheStartPeriodDoNotCount() {
    Health health = after(check(1, 1), check(2, 1), check(9, -1));
    assertEquals(Status.STARTING, health.status());
    assertEquals(0, health.failingStreak());
  }

  @Test
  void aSuccessInTheStartPeriodEndsIt() {
    assertEquals(Status.HEALTHY, after(check(1, 1), check(2, 0)).status());
    assertEquals(1, after(check(2, 0), check(3, 1)).failingStreak());
    assertEquals(Status.UNHEALTHY, after(check(2, 0), check(3, 1), check(4, 1)).status());
  }

  @Test
  void asManyFailuresInARowAsAreAllowedMakeItUnhealthy() {
    assertEquals(Status.STARTING, after(check(11, 1)).status());
    assertEquals(Status.UNHEALTHY, after(check(11, 1), check(12, -1)).status());
    assertEquals(
        Status.HEALTHY, after(check(11, 0), check(12, 1), check(13, 0), check(14, 1)).status());
    Health recovered = after(check(11, 1), check(12, 1), check(13, 0));
    assertEquals(Status.HEALTHY, recovered.status());
    assertEquals(0, recovered.failingStreak());
  }

  @Test
  void theLastFiveAreKept() {
    Health health =
        after(check(1, 0), check(2, 0), check(3, 0), check(4, 0), check(5, 0), check(6, 0));
    assertEquals(
        List.of("2", "3", "4", "5", "6"), health.log().stream().map(Check::output).toList());
  }

  private static Execution image(String config) {
    String json =
        "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"type\":\"layers\","
            + "\"diff_ids\":[]},\"config\":"
            + config
            + "}";
    return ImageConfig.parse(json.getBytes(StandardCharsets.UTF_8), "test").execution();
  }

  private static Optional<HealthCheck> rules(String config) {
    return HealthRules.of(ContainerSpec.of("i").build(), image(config));
  }

  @Test
  void theImageSaysHowItIsChecked() {
    HealthCheck check =
        rules(
                "{\"Healthcheck\":{\"Test\":[\"CMD\",\"a\",\"b c\"],\"Interval\":2000000000,"
                    + "\"StartPeriod\":3000000000,\"Retries\":7}}")
            .orElseThrow();
    assertEquals(List.of("a", "b c"), check.command());
    assertEquals(Duration.ofSeconds(2), check.interval());
    assertEquals(HealthCheck.DEFAULT_TIMEOUT, check.timeout());
    assertEquals(Duration.ofSeconds(3), check.startPeriod());
    assertEquals(7, check.retries());
    assertEquals(
        List.of("/bin/sh", "-c", "a | b"),
        rules("{\"Healthcheck\":{\"Test\":[\"CMD-SHELL\",\"a | b\"]}}").orElseThrow().command());
  }

  @Test
  void withoutATestThereAreNoChecks() {
    for (String none :
        List.of(
            "{}",
            "{\"Healthcheck\":{}}",
            "{\"Healthcheck\":{\"Test\":[]}}",
            "{\"Healthcheck\":{\"Test\":[\"CMD\"]}}",
            "{\"Healthcheck\":{\"Test\":[\"NONE\"]}}",
            "{\"Healthcheck\":{\"Test\":[\"WHAT\",\"a\"]}}")) {
      assertEquals(Optional.empty(), rules(none), none);
    }
  }

  @Test
  void theUsersWordCountsMoreThanTheImages() {
    Execution image = image("{\"Healthcheck\":{\"Test\":[\"CMD\",\"a\"]}}");
    assertEquals(
        Optional.of(RULES),
        HealthRules.of(ContainerSpec.of("i").healthCheck(RULES).build(), image));
    HealthCheck none =
        new HealthCheck(List.of(), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
    assertEquals(
        Optional.empty(), HealthRules.of(ContainerSpec.of("i").healthCheck(none).build(), image));
  }
}
