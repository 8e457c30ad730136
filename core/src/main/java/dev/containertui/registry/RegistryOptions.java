package dev.containertui.registry;

import java.time.Duration;

/**
 * How patient a {@link RegistryClient} is, and who it says that it is.
 *
 * @param connectTimeout for a connection, TLS included
 * @param readTimeout longest silence while a response is awaited or read; a blob that comes slower
 *     than 4 KiB in this time counts as silent
 * @param requestTimeout for a whole exchange of a small document: manifest, configuration, token
 * @param attempts how often a request is sent before a failure is final, at least 1; a blob that
 *     made progress starts counting anew
 * @param firstBackoff pause before the second attempt; doubles with each further one, plus up to
 *     half of it at random
 * @param longestRetryAfter the longest pause that a registry may ask for; beyond it a request fails
 *     at once
 * @param logins where credentials come from
 */
public record RegistryOptions(
    Duration connectTimeout,
    Duration readTimeout,
    Duration requestTimeout,
    int attempts,
    Duration firstBackoff,
    Duration longestRetryAfter,
    Logins logins) {

  /** Figures for people who wait at a terminal, and the logins of {@code docker login}. */
  public static RegistryOptions defaults() {
    return new RegistryOptions(
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        5,
        Duration.ofMillis(500),
        Duration.ofSeconds(30),
        DockerConfig.ofUser());
  }

  public RegistryOptions withLogins(Logins logins) {
    return new RegistryOptions(
        connectTimeout,
        readTimeout,
        requestTimeout,
        attempts,
        firstBackoff,
        longestRetryAfter,
        logins);
  }

  public RegistryOptions withReadTimeout(Duration readTimeout) {
    return new RegistryOptions(
        connectTimeout,
        readTimeout,
        requestTimeout,
        attempts,
        firstBackoff,
        longestRetryAfter,
        logins);
  }

  public RegistryOptions withRequestTimeout(Duration requestTimeout) {
    return new RegistryOptions(
        connectTimeout,
        readTimeout,
        requestTimeout,
        attempts,
        firstBackoff,
        longestRetryAfter,
        logins);
  }

  public RegistryOptions withRetries(
      int attempts, Duration firstBackoff, Duration longestRetryAfter) {
    return new RegistryOptions(
        connectTimeout,
        readTimeout,
        requestTimeout,
        attempts,
        firstBackoff,
        longestRetryAfter,
        logins);
  }
}
