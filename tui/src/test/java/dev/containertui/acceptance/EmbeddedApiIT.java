package dev.containertui.acceptance;

import dev.containertui.engine.Engine;
import dev.containertui.engine.EngineConfig;
import dev.containertui.engine.LocalEngine;
import java.nio.file.Path;

/** The language over an engine in the same process. */
class EmbeddedApiIT extends ApiScenario {
  @Override
  Engine open(Path home) {
    return LocalEngine.open(EngineConfig.below(home));
  }
}
