package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.engine.api.ContainerTui;
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
    ObjectNode json = Json.object().put("message", message(e));
    json.putObject(ContainerTui.FIELD)
        .put("kind", e.kind().name())
        .put("message", String.valueOf(e.getMessage()))
        .put("hint", e.hint());
    return Json.bytes(json);
  }

  /**
   * One line. The docker command finds out by its words what its exit code is: 127 or 126 if a
   * program is not there, or cannot be executed.
   */
  static String message(EngineException e) {
    return switch (e.kind()) {
      case COMMAND_NOT_FOUND -> e.getMessage() + ": executable file not found in $PATH";
      case NOT_EXECUTABLE -> e.getMessage() + ": permission denied";
      default -> e.getMessage() + (e.hint().isEmpty() ? "" : " (" + e.hint() + ")");
    };
  }
}
