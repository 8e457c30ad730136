package dev.containertui.container;

import java.time.Duration;
import java.util.List;

/**
 * How a container's health is checked: a command in it, again and again (image-spec's and Docker's
 * HEALTHCHECK).
 *
 * @param command program and arguments; exit code 0 means healthy
 * @param interval from the end of a check to the next one; 30 s unless said otherwise
 * @param timeout after which a check counts as failed; 30 s unless said otherwise
 * @param startPeriod after the start, in which failures do not count; 0 s unless said otherwise
 * @param startInterval as {@code interval} within the start period; 5 s unless said otherwise
 * @param retries failures in a row that make it unhealthy; 3 unless said otherwise
 */
public record HealthCheck(
    List<String> command,
    Duration interval,
    Duration timeout,
    Duration startPeriod,
    Duration startInterval,
    int retries) {
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  public static final Duration DEFAULT_START_INTERVAL = Duration.ofSeconds(5);
  public static final int DEFAULT_RETRIES = 3;

  public HealthCheck {
    command = List.copyOf(command);
  }
}
