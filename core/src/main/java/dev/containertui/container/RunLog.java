package dev.containertui.container;

import dev.containertui.container.log.OutputLog;
import dev.containertui.error.EngineException;
import java.time.Duration;

/** A container's log, opened for writing when it is first needed. */
final class RunLog {
  /** Readers that are attached get so long to read the end, before the log is removed. */
  private static final Duration LAST_READ = Duration.ofSeconds(10);

  private final RecordKeeper keeper;
  private final ContainerStore store;
  private OutputLog log;

  RunLog(RecordKeeper keeper, ContainerStore store) {
    this.keeper = keeper;
    this.store = store;
  }

  OutputLog open() {
    return keeper.locked(
        () -> {
          if (log == null) {
            log = OutputLog.open(store.log(keeper.get().id()), keeper.get().spec().logOptions());
          }
          return log;
        });
  }

  /** A run of which nothing more can come is over. */
  void endRun() {
    try {
      if (open().isOpenRun()) {
        open().endRun();
      }
    } catch (EngineException e) {
      // The disk does not take it; the next engine ends it.
    }
  }

  /** Waits a little for those that are attached. */
  void awaitReaders() {
    try {
      open().awaitDetached(LAST_READ);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Streams end with what there is; what comes is for who opens it again. */
  void close() {
    keeper.locked(
        () -> {
          if (log != null) {
            log.close();
            log = null;
          }
          return null;
        });
  }
}
