package dev.containertui.container;

import dev.containertui.agent.TerminalSize;
import java.time.Instant;

/**
 * A process in a guest that looks like a process in Java.
 *
 * <p>{@link #getOutputStream()} is its standard input, {@link #getInputStream()} its standard
 * output; closing the former lets it read end-of-file. On a terminal there is no separate standard
 * error: {@link #getErrorStream()} is empty. Streams are bounded: a reader that does not read
 * stalls this process's output and nothing else. {@link #exitValue()} is 0–255, or 128 + n after
 * signal n. {@link #destroy()} sends SIGTERM, {@link #destroyForcibly()} SIGKILL.
 *
 * <p>{@link #waitFor()} returns only after every byte of output has arrived at the streams'
 * buffers. If the machine dies before the process has ended, nobody can know how it would have:
 * then {@code waitFor} and {@code exitValue} throw an {@link
 * dev.containertui.error.EngineException} of kind UNAVAILABLE that says what happened, and {@code
 * onExit} completes with it.
 */
public abstract class ContainerProcess extends Process {
  /** The container's short id. */
  public abstract String containerId();

  /**
   * The process id inside the container's PID namespace's parent, that is, as the guest's init sees
   * it.
   */
  @Override
  public abstract long pid();

  /** Sends a signal by its Linux number, 1–64. Does nothing if the process has ended. */
  public abstract void signal(int number);

  /** Sets the size of the process's terminal. Does nothing if it has none or has ended. */
  public abstract void resize(TerminalSize size);

  public abstract Instant startedAt();
}
