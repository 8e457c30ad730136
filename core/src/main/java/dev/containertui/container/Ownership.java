package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.OwnerLock;
import java.util.Optional;

/**
 * Whose a container is: of the engine that supervises, of the process that runs it, which holds a
 * lock on it from a start to the end, or of whoever comes first.
 */
final class Ownership {
  private final RecordKeeper keeper;
  private final Surroundings around;
  private OwnerLock owner;
  private volatile boolean letGo;

  Ownership(RecordKeeper keeper, Surroundings around) {
    this.keeper = keeper;
    this.around = around;
  }

  /** Whether it belongs to this process now, from a start to its end. */
  boolean isLive() {
    return keeper.locked(() -> owner != null);
  }

  /** Whether only another engine may do anything with it. */
  boolean isForeign() {
    ContainerRecord record = keeper.get();
    boolean runsElsewhere = record.state().isActive() && !isLive();
    return around.supervising()
        ? !record.supervised() && runsElsewhere
        : record.supervised() || runsElsewhere;
  }

  /** Whether another process may change its record. */
  boolean isWrittenElsewhere() {
    return !isLive() && !(around.supervising() && keeper.get().supervised());
  }

  /** Takes over what another process has written. */
  void refresh(ContainerRecord written) {
    keeper.locked(
        () -> {
          if (isWrittenElsewhere() && !keeper.isRemoved()) {
            keeper.adopt(written);
          }
          return null;
        });
  }

  /**
   * Makes it this process's, if it is not.
   *
   * @return whether another process has had it since this one looked
   * @throws EngineException CONFLICT if it is another's
   */
  boolean take() {
    if (owner != null) {
      return false;
    }
    OwnerLock taken = takeAtRest();
    if (around.supervising() && keeper.get().supervised()) {
      owner = taken;
      return false;
    }
    Optional<ContainerRecord> written = keeper.onDisk();
    if (written.isEmpty() || written.get().state().isActive()) {
      taken.close();
      throw conflict("was started or removed by another process", "");
    }
    owner = taken;
    boolean changed = !written.get().equals(keeper.get());
    if (changed) {
      keeper.adopt(written.get());
    }
    return changed;
  }

  /** The lock of a container that nobody else has. */
  OwnerLock takeAtRest() {
    return OwnerLock.tryTake(around.store().ownerLock(keeper.get().id()))
        .orElseThrow(() -> conflict("is being started by another process", ""));
  }

  void giveUp() {
    if (owner != null) {
      owner.close();
      owner = null;
    }
  }

  /** The engine lets go of it, for the next one. */
  void letGo() {
    letGo = true;
  }

  boolean isLetGo() {
    return letGo;
  }

  /**
   * @throws EngineException NOT_FOUND
   */
  void requirePresent() {
    if (keeper.isRemoved()) {
      throw new EngineException(
          Kind.NOT_FOUND, "container " + keeper.get().name() + " has been removed");
    }
  }

  /**
   * @throws EngineException NOT_FOUND if it is removed, CONFLICT if it is another engine's
   */
  void requireMine() {
    requirePresent();
    if (letGo) {
      throw new EngineException(
          Kind.UNAVAILABLE, "the engine has let go of container " + keeper.get().name());
    }
    if (isForeign()) {
      throw conflict("belongs to another running container-tui", "do it there");
    }
  }

  EngineException conflict(String what, String hint) {
    return new EngineException(
        Kind.CONFLICT, "container " + keeper.get().name() + " " + what, hint);
  }
}
