package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;

/** Whether a container is started again when its main process has ended. */
public sealed interface RestartPolicy {
  /** Never. */
  record No() implements RestartPolicy {}

  /**
   * If it ended with another exit code than 0, or its machine failed.
   *
   * @param maximumRetries how often in a row; 0: without end
   */
  record OnFailure(int maximumRetries) implements RestartPolicy {}

  /** However it ended, unless it was stopped; also when the engine starts. */
  record Always() implements RestartPolicy {}

  /** As {@link Always}, but not when the engine starts if it had been stopped before. */
  record UnlessStopped() implements RestartPolicy {}

  /**
   * Reads docker's way to write one: {@code no}, {@code on-failure[:N]}, {@code always}, {@code
   * unless-stopped}.
   *
   * @throws EngineException INVALID
   */
  static RestartPolicy parse(String text) {
    String name = text.replaceFirst(":.*", "");
    String retries = text.contains(":") ? text.substring(name.length() + 1) : "";
    if (!retries.isEmpty() && !name.equals("on-failure")) {
      throw invalid(text);
    }
    return switch (name) {
      case "", "no" -> new No();
      case "always" -> new Always();
      case "unless-stopped" -> new UnlessStopped();
      case "on-failure" -> new OnFailure(retries(retries, text));
      default -> throw invalid(text);
    };
  }

  private static int retries(String retries, String text) {
    try {
      int count = retries.isEmpty() ? 0 : Integer.parseInt(retries);
      if (count < 0) {
        throw invalid(text);
      }
      return count;
    } catch (NumberFormatException e) {
      throw invalid(text);
    }
  }

  private static EngineException invalid(String text) {
    return new EngineException(
        Kind.INVALID,
        "not a restart policy: " + text,
        "use no, on-failure, on-failure:N, always or unless-stopped");
  }

  /** As {@link #parse} reads it. */
  default String text() {
    return switch (this) {
      case No _ -> "no";
      case OnFailure(int retries) -> retries == 0 ? "on-failure" : "on-failure:" + retries;
      case Always _ -> "always";
      case UnlessStopped _ -> "unless-stopped";
    };
  }
}
