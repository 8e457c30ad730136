package dev.containertui.engine;

import java.nio.file.Path;

/**
 * What an engine needs to know before it opens.
 *
 * @param directories where it keeps its things
 */
public record EngineConfig(StateDirectories directories) {
  /** The configuration that this process's environment and user ask for. */
  public static EngineConfig fromEnvironment() {
    return new EngineConfig(
        StateDirectories.of(
            System.getenv(),
            Path.of(System.getProperty("user.home")),
            StateDirectories.currentUserId()));
  }

  /** Everything below one directory. */
  public static EngineConfig below(Path home) {
    return new EngineConfig(StateDirectories.below(home));
  }
}
