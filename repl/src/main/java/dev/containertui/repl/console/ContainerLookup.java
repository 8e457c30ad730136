package dev.containertui.repl.console;

import dev.containertui.container.Container;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.repl.jshell.CallSite;
import dev.containertui.repl.jshell.SnippetRunner;
import java.time.Duration;
import java.util.Optional;

/** Finds out which container a call that is being typed is about. */
final class ContainerLookup {
  private static final Duration LIMIT = Duration.ofMillis(500);

  private final SnippetRunner runner;
  private final Engine engine;
  private final LastValue lastValue;

  ContainerLookup(SnippetRunner runner, Engine engine, LastValue lastValue) {
    this.runner = runner;
    this.engine = engine;
    this.lastValue = lastValue;
  }

  /**
   * The container that {@code c.exec(} or {@code container("web").exec(} or {@code exec("web",}
   * means.
   */
  Optional<Container> of(CallSite call) {
    if (!call.receiver().isEmpty()) {
      String variable = lastValue.resolve(call.receiver().getFirst());
      Optional<Container> held =
          runner
              .variable(LIMIT, variable)
              .flatMap(found -> Optional.ofNullable(found.value()))
              .flatMap(this::held);
      if (held.isPresent()) {
        return held;
      }
    }
    return call.strings().stream().findFirst().flatMap(this::named);
  }

  /** A container by its name or id. */
  Optional<Container> named(String name) {
    try {
      return name.isEmpty() ? Optional.empty() : engine.containers().find(name);
    } catch (EngineException e) {
      return Optional.empty(); // whoever runs the command is told
    }
  }

  /** The container that a value is: the language's, or the engine's own. */
  private Optional<Container> held(Object value) {
    return switch (value) {
      case Container container -> Optional.of(container);
      case dev.containertui.Container container -> named(container.id());
      default -> Optional.empty();
    };
  }
}
