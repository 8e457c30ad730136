package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;

/** A step of a start that is done beside the others. */
final class BackgroundStep implements AutoCloseable {
  private final String name;
  private final Thread thread;
  private volatile RuntimeException failure;

  private BackgroundStep(String name, Runnable step) {
    this.name = name;
    this.thread =
        Thread.ofVirtual()
            .name(name)
            .start(
                () -> {
                  try {
                    step.run();
                  } catch (RuntimeException e) {
                    failure = e;
                  }
                });
  }

  /**
   * @param name what is done, for messages
   */
  static BackgroundStep begin(String name, Runnable step) {
    return new BackgroundStep(name, step);
  }

  /** Waits for its end, and throws what it threw. */
  void await() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new EngineException(Kind.CANCELLED, name + " was cancelled", e);
    }
    if (failure instanceof EngineException known) {
      throw known;
    } else if (failure != null) {
      throw new EngineException(Kind.INTERNAL, name + " failed: " + failure, failure);
    }
  }

  /** Cancels it if it still runs; on return it does nothing any more. */
  @Override
  public void close() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
