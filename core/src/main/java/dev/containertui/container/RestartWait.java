package dev.containertui.container;

import java.time.Duration;

/** The wait between two runs: a thread that sleeps. Everything but its sleep is done locked. */
final class RestartWait {
  private final RecordKeeper keeper;
  private final Runnable start;
  private Thread waiting;

  /**
   * @param start called when a wait is over, locked
   */
  RestartWait(RecordKeeper keeper, Runnable start) {
    this.keeper = keeper;
    this.start = start;
  }

  void begin(Duration delay) {
    waiting =
        Thread.ofVirtual()
            .name("restart-" + keeper.get().shortId())
            .start(
                () -> {
                  try {
                    Thread.sleep(delay);
                  } catch (InterruptedException e) {
                    // Somebody has stopped it, or started it.
                    return;
                  }
                  keeper.locked(this::end);
                });
  }

  private boolean end() {
    boolean wanted = waiting == Thread.currentThread();
    if (wanted) {
      waiting = null;
      start.run();
    }
    return wanted;
  }

  boolean isUnderWay() {
    return waiting != null;
  }

  void cancel() {
    if (waiting != null) {
      waiting.interrupt();
      waiting = null;
    }
  }
}
