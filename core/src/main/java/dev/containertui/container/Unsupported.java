package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;

/** What not every engine can. */
public final class Unsupported {
  private Unsupported() {}

  /**
   * @param what as the subject of a sentence
   */
  public static EngineException of(String what) {
    return new EngineException(Kind.UNAVAILABLE, what + " is not something that this engine can");
  }
}
