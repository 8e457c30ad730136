package dev.containertui.cli;

import dev.containertui.engine.Engine;

/** Commands after which containers are to live on. */
final class Supervision {
  private Supervision() {}

  /**
   * Refuses what makes no sense with an engine in this process.
   *
   * @param what as the subject of a sentence
   */
  static void require(Engine engine, int exitCode, String what, String hint) {
    if (engine.endsWithCaller()) {
      throw new CommandFailure(
          exitCode,
          what + " is not available: with --embedded a container ends with this program",
          hint);
    }
  }
}
