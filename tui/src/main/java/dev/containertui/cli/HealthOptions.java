package dev.containertui.cli;

import dev.containertui.container.HealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a container's health is checked. */
final class HealthOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--health-cmd",
      paramLabel = "COMMAND",
      description = "a shell command that checks the container's health; exit code 0: healthy")
  private String command;

  @Option(
      names = "--health-interval",
      paramLabel = "DURATION",
      converter = GoDuration.class,
      description = "time between checks (default: 30s)")
  private Duration interval;

  @Option(
      names = "--health-timeout",
      paramLabel = "DURATION",
      converter = GoDuration.class,
      description = "after which a check has failed (default: 30s)")
  private Duration timeout;

  @Option(
      names = "--health-start-period",
      paramLabel = "DURATION",
      converter = GoDuration.class,
      description = "after the start, in which failures do not count (default: 0s)")
  private Duration startPeriod;

  @Option(
      names = "--health-start-interval",
      paramLabel = "DURATION",
      converter = GoDuration.class,
      description = "time between checks in the start period (default: 5s)")
  private Duration startInterval;

  @Option(
      names = "--health-retries",
      paramLabel = "N",
      description = "failures in a row that make it unhealthy (default: 3)")
  private Integer retries;

  @Option(names = "--no-healthcheck", description = "do not check, whatever the image says")
  private boolean none;

  /** Empty: as the image has it. */
  Optional<HealthCheck> healthCheck() {
    boolean timing =
        interval != null
            || timeout != null
            || startPeriod != null
            || startInterval != null
            || retries != null;
    if (none) {
      require(command == null && !timing, "--no-healthcheck conflicts with the --health options");
      return Optional.of(check(List.of()));
    }
    if (command == null || command.isEmpty()) {
      require(!timing, "the --health options need --health-cmd");
      return Optional.empty();
    }
    require(retries == null || retries > 0, "--health-retries must be at least 1");
    return Optional.of(check(List.of("/bin/sh", "-c", command)));
  }

  private HealthCheck check(List<String> words) {
    return new HealthCheck(
        words,
        given(interval, HealthCheck.DEFAULT_INTERVAL),
        given(timeout, HealthCheck.DEFAULT_TIMEOUT),
        given(startPeriod, Duration.ZERO),
        given(startInterval, HealthCheck.DEFAULT_START_INTERVAL),
        retries == null ? HealthCheck.DEFAULT_RETRIES : retries);
  }

  /** Docker takes 0 for "unless said otherwise". */
  private static Duration given(Duration duration, Duration otherwise) {
    return duration == null || duration.isZero() ? otherwise : duration;
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
