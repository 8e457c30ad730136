package dev.containertui.container;

import dev.containertui.error.EngineException;

/**
 * Writes a record without anybody waiting for the disk: a clone is up before that is done. Used by
 * one thread.
 */
final class DeferredSave {
  private final ContainerStore store;
  private Thread writer = Thread.ofVirtual().unstarted(() -> {});

  DeferredSave(ContainerStore store) {
    this.store = store;
  }

  /** Begins to write; if the disk does not take it, the next record's write says so. */
  void begin(ContainerRecord record) {
    await();
    writer =
        Thread.ofVirtual()
            .name("record")
            .start(
                () -> {
                  try {
                    store.save(record);
                  } catch (EngineException e) {
                    // The container starts all the same.
                  }
                });
  }

  /** Returns when what was begun is done, so that a later record stays the later one. */
  void await() {
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
