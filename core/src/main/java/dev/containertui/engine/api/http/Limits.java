package dev.containertui.engine.api.http;

import java.time.Duration;

/**
 * What a client may take.
 *
 * @param maxConnections open at the same time; a further one is told 503 and closed
 * @param headDeadline from the first byte of a request to the end of its header
 * @param idleTimeout how long a connection may be open between two requests
 * @param bodyTimeout how long a request's body may stand still
 * @param maxLineBytes of the request line and of each header
 * @param maxHeaders how many of them
 * @param maxHeadBytes of the request line and all headers
 */
public record Limits(
    int maxConnections,
    Duration headDeadline,
    Duration idleTimeout,
    Duration bodyTimeout,
    int maxLineBytes,
    int maxHeaders,
    int maxHeadBytes) {
  public static final Limits DEFAULT =
      new Limits(
          1024,
          Duration.ofSeconds(10),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          32 << 10,
          100,
          128 << 10);
}
