package dev.containertui.tui.terminal;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;

/** What Ctrl-Z does to a program. */
public final class JobControl {
  private JobControl() {}

  /**
   * Stops this process, and what else its shell takes for the same job, until the shell lets it go
   * on. The signal's disposition must be the default. SIGTSTP and not SIGSTOP, because the system
   * does not stop a job with it that has no shell to continue it: then this returns at once.
   */
  public static void stop() {
    try {
      new ProcessBuilder("sh", "-c", "kill -TSTP 0").start().waitFor();
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "there is no shell to stop with", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
