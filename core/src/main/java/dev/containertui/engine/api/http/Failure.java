package dev.containertui.engine.api.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;

/** A request is answered with an error. */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status 4xx or 5xx
   * @param message one line
   */
  public Failure(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  public int status() {
    return status;
  }

  /** As Docker's API says it: {@code {"message": …}}. */
  public static byte[] body(String message) {
    return (JsonNodeFactory.instance.objectNode().put("message", message) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
