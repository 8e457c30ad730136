package dev.containertui.container;

import java.time.Instant;

/**
 * A piece of a container's output, as it came: not necessarily a line.
 *
 * @param at when the engine got it
 * @param bytes not empty; not to be changed
 */
public record LogRecord(Instant at, Stream stream, byte[] bytes) {
  /** Where it was written to. */
  public enum Stream {
    /** Standard output, or the terminal. */
    OUT,
    /** Standard error. */
    ERR
  }
}
