package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.LocalEngine;
import dev.containertui.engine.api.process.EngineConnector;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The user's engine in its own process; or one in this process, if {@code --embedded} or {@code
 * CONTAINER_TUI_EMBEDDED=1} says so.
 */
final class ChosenEngine implements EngineFactory {
  static final String VARIABLE = "CONTAINER_TUI_EMBEDDED";

  private final Consumer<String> notices;
  private volatile boolean embedded;

  ChosenEngine(Map<String, String> environment, Consumer<String> notices) {
    this.notices = notices;
    embedded = isEmbedded(environment);
  }

  static boolean isEmbedded(Map<String, String> environment) {
    String value = environment.getOrDefault(VARIABLE, "");
    return !value.isEmpty() && !value.equals("0");
  }

  @Override
  public void embed() {
    embedded = true;
  }

  @Override
  public Engine open() {
    EngineConfig config = EngineConfig.fromEnvironment();
    return embedded ? here(config) : new EngineConnector(config, notices).connect();
  }

  /** It is also closed, containers and all, if a signal ends this process. */
  private static Engine here(EngineConfig config) {
    Engine engine = LocalEngine.open(config);
    Runtime.getRuntime().addShutdownHook(new Thread(engine::close, "engine-close"));
    return engine;
  }
}
