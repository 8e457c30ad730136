package dev.containertui.repl;

import dev.containertui.engine.EngineEvent;
import dev.containertui.view.SafeText;
import java.util.Optional;

/** What the console tells of the engine's events while the user types. */
final class EventLines {
  private EventLines() {}

  /** A line about an event; empty if it is not worth one. */
  static Optional<String> of(EngineEvent event) {
    return switch (event) {
      case EngineEvent.ContainerChanged change -> container(change);
      case EngineEvent.ImageChanged change ->
          change.action().equals("pull")
              ? Optional.of(SafeText.line(change.reference()) + " has been pulled")
              : Optional.empty();
    };
  }

  private static Optional<String> container(EngineEvent.ContainerChanged change) {
    String name = SafeText.line(change.name());
    return switch (change.action()) {
      case "die" -> {
        String code = change.attributes().getOrDefault("exitCode", "");
        yield Optional.of(
            name + " has ended" + (code.isEmpty() ? "" : " with exit code " + SafeText.line(code)));
      }
      case "oom" -> Optional.of(name + " is out of memory");
      case "health_status" -> {
        String health = change.attributes().getOrDefault("health", "");
        yield health.isEmpty()
            ? Optional.empty()
            : Optional.of(name + " is " + SafeText.line(health));
      }
      default -> Optional.empty();
    };
  }
}
