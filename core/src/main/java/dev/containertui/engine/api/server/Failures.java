package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.EngineException;

/** How the engine's failures look in the API. */
final class Failures {
  private Failures() {}

  static int status(EngineException e) {
    return switch (e.kind()) {
      case INVALID, NOT_EXECUTABLE, COMMAND_NOT_FOUND -> 400;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case UNAUTHORIZED -> 401;
      case UNAVAILABLE, EXHAUSTED -> 503;
      case TIMEOUT -> 504;
      case CORRUPT, CANCELLED, INTERNAL -> 500;
    };
  }

  /** Docker's {@code message}; and kind and hint for clients that know them. */
  static byte[] body(EngineException e) {
    return Json.bytes(
        Json.object()
            .put("message", message(e))
            .put("kind", e.kind().name())
            .put("hint", e.hint()));
  }

  /** A failure in the middle of an answer that consists of lines of JSON. */
  static ObjectNode line(EngineException e) {
    ObjectNode json = Json.object();
    json.putObject("errorDetail").put("code", status(e)).put("message", message(e));
    return json.put("error", message(e)).put("kind", e.kind().name()).put("hint", e.hint());
  }

  /**
   * One line. The docker command finds out by its words what its exit code is: 127 or 126 if a
   * program is not there, or cannot be executed.
   */
  static String message(EngineException e) {
    return switch (e.kind()) {
      case COMMAND_NOT_FOUND -> e.getMessage() + ": executable file not found in $PATH";
      case NOT_EXECUTABLE -> e.getMessage() + ": permission denied";
      default -> String.valueOf(e.getMessage());
    };
  }
}
