package dev.containertui.cli;

import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;

/** Whether containers live on when the command that started them ends. */
final class Supervision {
  private Supervision() {}

  /** True of an engine in a process of its own; an engine in this process ends with it. */
  static boolean outlives(Engine engine) {
    try {
      return engine.info().pid() != ProcessHandle.current().pid();
    } catch (EngineException e) {
      if (e.kind() == Kind.UNAVAILABLE) {
        return false; // it has nothing to tell about itself, because it is only a part of this
      }
      throw e;
    }
  }

  /**
   * Refuses what makes no sense with an engine in this process.
   *
   * @param what as the subject of a sentence
   */
  static void require(Engine engine, int exitCode, String what, String hint) {
    if (!outlives(engine)) {
      throw new CommandFailure(
          exitCode,
          what + " is not available: with --embedded a container ends with this program",
          hint);
    }
  }
}
