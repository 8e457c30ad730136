package dev.containertui.container;

import dev.containertui.agent.AgentConnection;
import dev.containertui.host.OwnerLock;
import java.util.Optional;

/** What the files of a container need to know of its life. */
record FilesOwner(ContainerLife life) {
  /** Its record as it is now. */
  ContainerRecord container() {
    return life.keeper().get();
  }

  /**
   * The agent of its machine; empty if it is at rest.
   *
   * @throws dev.containertui.error.EngineException NOT_FOUND if it has been removed; CONFLICT if it
   *     is just starting or runs in another process
   */
  Optional<AgentConnection> agent() {
    life.ownership().requireMine();
    return life.isAtRest() ? Optional.empty() : Optional.of(life.requireMachine().agent());
  }

  /**
   * Keeps it at rest until the lock is closed.
   *
   * @throws dev.containertui.error.EngineException CONFLICT if somebody else has it
   */
  OwnerLock takeAtRest() {
    return life.ownership().takeAtRest();
  }
}
