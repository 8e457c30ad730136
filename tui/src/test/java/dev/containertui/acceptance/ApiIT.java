package dev.containertui.acceptance;

import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.api.process.EngineConnector;
import dev.containertui.engine.api.process.EngineControl;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The language over the user's engine, a process of its own. */
class ApiIT extends ApiScenario {
  @Override
  Engine open(Path home) {
    return new EngineConnector(EngineConfig.below(home), notice -> {}).connect();
  }

  @Override
  void closed(Path home) throws Exception {
    var stopped = new EngineControl(EngineConfig.below(home)).stop();
    if (stopped.isPresent()) {
      stopped.get().onExit().get(60, TimeUnit.SECONDS);
    }
  }
}
