package dev.containertui.container;

import dev.containertui.oci.Healthcheck;
import dev.containertui.oci.ImageConfig.Execution;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a container's health is checked: as its user says, else as its image does. */
final class HealthRules {
  private HealthRules() {}

  /** Empty if it is not checked. */
  static Optional<HealthCheck> of(ContainerSpec spec, Execution image) {
    return spec.healthCheck()
        .or(() -> image.healthcheck().map(HealthRules::ofImage))
        .filter(check -> !check.command().isEmpty());
  }

  private static HealthCheck ofImage(Healthcheck test) {
    return new HealthCheck(
        command(test.test()),
        test.interval().orElse(HealthCheck.DEFAULT_INTERVAL),
        test.timeout().orElse(HealthCheck.DEFAULT_TIMEOUT),
        test.startPeriod().orElse(Duration.ZERO),
        test.startInterval().orElse(HealthCheck.DEFAULT_START_INTERVAL),
        test.retries().orElse(HealthCheck.DEFAULT_RETRIES));
  }

  private static List<String> command(List<String> test) {
    if (test.size() < 2) {
      return List.of();
    }
    return switch (test.getFirst()) {
      case "CMD" -> test.subList(1, test.size());
      case "CMD-SHELL" -> List.of("/bin/sh", "-c", test.get(1));
      default -> List.of();
    };
  }
}
