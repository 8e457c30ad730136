package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.function.BooleanSupplier;

/** Waits for what happens to a container, here or in another process. */
final class ContainerWaits {
  /** What happens in another process is on the disk; it is looked at so often. */
  private static final long FOREIGN_POLL_NANOS = 200_000_000L;

  private final ContainerLife life;
  private final RecordKeeper keeper;

  ContainerWaits(ContainerLife life) {
    this.life = life;
    this.keeper = life.keeper();
  }

  /** Until a run has ended, also one that is to come. */
  ContainerState awaitEnd() throws InterruptedException {
    await(
        () ->
            keeper.isRemoved() && life.run() == null
                || life.isAtRest() && !(keeper.get().state() instanceof ContainerState.Created));
    return keeper.get().state();
  }

  /** Begins to wait: what happens from now on counts. */
  Waiting watch(WaitCondition condition) {
    long exitsBefore = life.exits();
    boolean restingBefore = life.isAtRest();
    return () -> {
      switch (condition) {
        case NOT_RUNNING -> {
          if (!restingBefore) {
            await(() -> life.isAtRest() || keeper.isRemoved());
          }
        }
        case NEXT_EXIT -> await(() -> hasEndedSince(exitsBefore, restingBefore));
        case REMOVED -> await(() -> keeper.isRemoved() && life.run() == null);
      }
      return life.lastExit();
    };
  }

  /** Runs of other processes are not counted here: they end when they are at rest. */
  private boolean hasEndedSince(long exitsBefore, boolean restingBefore) {
    return life.exits() > exitsBefore
        || keeper.isRemoved() && life.run() == null
        || life.ownership().isWrittenElsewhere() && !restingBefore && life.isAtRest();
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    while (true) {
      boolean foreign = life.ownership().isWrittenElsewhere();
      if (foreign) {
        keeper.onDisk().ifPresentOrElse(life.ownership()::refresh, keeper::gone);
      }
      if (keeper.await(
          _ -> condition.getAsBoolean() || life.ownership().isLetGo(),
          foreign ? FOREIGN_POLL_NANOS : Long.MAX_VALUE)) {
        break;
      }
    }
    if (life.ownership().isLetGo() && !condition.getAsBoolean()) {
      throw new EngineException(
          Kind.UNAVAILABLE, "the engine has let go of container " + keeper.get().name());
    }
  }
}
