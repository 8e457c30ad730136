package dev.containertui.cli;

import dev.containertui.engine.Engine;

/** Opens the engine when a command first needs it; {@code version} and {@code --help} never do. */
@FunctionalInterface
public interface EngineFactory {
  Engine open();

  /** From now on, opens engines in this process. Nothing changes if that is all it does. */
  default void embed() {}
}
