package dev.containertui.container;

import java.util.Optional;

/** A reader of a container's output. Not for more than one thread at a time. */
public interface LogStream extends AutoCloseable {
  /**
   * The next piece; waits for it if this stream follows.
   *
   * @return empty at the end
   * @throws dev.containertui.error.EngineException CANCELLED if the thread is interrupted;
   *     UNAVAILABLE if the log cannot be read
   */
  Optional<LogRecord> next();

  /** Ends a {@link #next} that waits, too. */
  @Override
  void close();
}
