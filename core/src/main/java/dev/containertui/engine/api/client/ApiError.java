package dev.containertui.engine.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.List;

/**
 * An engine's refusal: {@code {"message": …}} with a status, as Docker has it; ours adds {@code
 * "kind"}, a name of {@link Kind}, and {@code "hint"}.
 */
final class ApiError {
  private static final int MAX_MESSAGE = 4096;

  private ApiError() {}

  static EngineException of(int status, JsonNode body, String reason) {
    String message = Json.text(body, "message").strip();
    if (message.isEmpty()) {
      message = "the engine answers " + status + " " + reason;
    }
    boolean ours = body.hasNonNull("kind");
    return new EngineException(
        kind(status, Json.text(body, "kind"), message),
        shortened(ours ? plain(message) : message),
        Json.text(body, "hint"));
  }

  /** Ours adds to its messages what Docker's own client looks for in them. */
  private static String plain(String message) {
    for (String added : List.of(": executable file not found in $PATH", ": permission denied")) {
      if (message.endsWith(added)) {
        return message.substring(0, message.length() - added.length());
      }
    }
    return message;
  }

  private static String shortened(String message) {
    String line = message.lines().findFirst().orElse("");
    return line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) : line;
  }

  private static Kind kind(int status, String told, String message) {
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(told)) {
        return kind;
      }
    }
    // What a shell would give 127 and 126 for, in the words of Docker's runtime.
    if (message.contains("executable file not found") || message.contains("no such file or dir")) {
      return status == 404 ? Kind.NOT_FOUND : Kind.COMMAND_NOT_FOUND;
    } else if (message.contains("permission denied") && status != 403) {
      return Kind.NOT_EXECUTABLE;
    }
    return switch (status) {
      case 400, 405, 406, 411, 413, 415, 416, 422 -> Kind.INVALID;
      case 401, 403 -> Kind.UNAUTHORIZED;
      case 404 -> Kind.NOT_FOUND;
      case 304, 409 -> Kind.CONFLICT;
      case 408, 504 -> Kind.TIMEOUT;
      case 507 -> Kind.EXHAUSTED;
      default -> Kind.UNAVAILABLE;
    };
  }
}
