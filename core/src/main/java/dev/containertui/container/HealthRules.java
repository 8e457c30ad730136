package dev.containertui.container;

import dev.containertui.oci.ImageConfig.Execution;
import dev.containertui.oci.ImageConfig.HealthTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a container's health is checked: as its user says, else as its image does. */
final class HealthRules {
  private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

  /** Docker's least; what is quicker would do nothing but check. */
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private HealthRules() {}

  /** Empty if it is not checked. */
  static Optional<HealthCheck> of(ContainerSpec spec, Execution image) {
    return spec.healthCheck()
        .or(() -> image.healthTest().flatMap(test -> ofImage(test, image.shell())))
        .filter(check -> !check.command().isEmpty());
  }

  private static Optional<HealthCheck> ofImage(HealthTest test, List<String> shell) {
    List<String> command = command(test.test(), shell);
    return command.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new HealthCheck(
                command,
                or(test.interval(), HealthCheck.DEFAULT_INTERVAL),
                or(test.timeout(), HealthCheck.DEFAULT_TIMEOUT),
                test.startPeriod(),
                or(test.startInterval(), HealthCheck.DEFAULT_START_INTERVAL),
                test.retries() == 0 ? HealthCheck.DEFAULT_RETRIES : test.retries()));
  }

  private static List<String> command(List<String> test, List<String> shell) {
    if (test.size() < 2) {
      return List.of();
    }
    List<String> words = test.subList(1, test.size());
    return switch (test.getFirst()) {
      case "CMD" -> words;
      case "CMD-SHELL" -> {
        List<String> command = new ArrayList<>(shell.isEmpty() ? DEFAULT_SHELL : shell);
        command.add(words.getFirst());
        yield command;
      }
      default -> List.of();
    };
  }

  private static Duration or(Duration said, Duration otherwise) {
    return said.compareTo(SHORTEST) < 0 ? otherwise : said;
  }
}
