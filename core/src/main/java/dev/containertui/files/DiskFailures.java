package dev.containertui.files;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.ext4.Ext4Exception;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.function.Supplier;

/** What the reader of disks and the taker of archives say, in the words of the engine. */
final class DiskFailures {
  private DiskFailures() {}

  static <T> T translated(Supplier<T> step) {
    try {
      return step.get();
    } catch (Ext4Exception e) {
      throw of(e);
    }
  }

  static EngineException of(Ext4Exception e) {
    if (e.getCause() instanceof ClosedByInterruptException) {
      return cancelled(e);
    }
    return switch (e.reason()) {
      case IO -> new EngineException(Kind.UNAVAILABLE, e.getMessage(), e);
      case LIMIT -> new EngineException(Kind.EXHAUSTED, e.getMessage(), e);
      default -> new EngineException(Kind.CORRUPT, e.getMessage(), e);
    };
  }

  /** Whoever is to take an archive does not. */
  static EngineException target(IOException e) {
    return e instanceof InterruptedIOException || e instanceof ClosedByInterruptException
        ? cancelled(e)
        : new EngineException(
            Kind.UNAVAILABLE, "the archive cannot be written: " + e.getMessage(), e);
  }

  static void checkInterrupt() {
    if (Thread.currentThread().isInterrupted()) {
      throw cancelled(null);
    }
  }

  private static EngineException cancelled(Exception cause) {
    return new EngineException(Kind.CANCELLED, "it was interrupted", cause);
  }
}
