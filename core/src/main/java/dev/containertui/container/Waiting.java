package dev.containertui.container;

/** A wait that has begun: nothing that happens before {@link #await} is missed. */
public interface Waiting {
  /**
   * Returns when it has happened.
   *
   * @return the container's exit code; -1 if it never ran or its machine failed
   * @throws dev.containertui.error.EngineException UNAVAILABLE if the engine lets go of the
   *     container meanwhile
   */
  int await() throws InterruptedException;
}
