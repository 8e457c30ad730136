package dev.containertui.container;

import dev.containertui.agent.TerminalSize;
import java.io.OutputStream;

/**
 * A client's hold on a container's main process. It gets every byte in the order in which it came;
 * the process waits for a client that lags megabytes behind, until that is closed.
 */
public interface Attachment extends AutoCloseable {
  /** What the main process writes; ends when the process has ended and all has been read. */
  LogStream output();

  /**
   * Standard input. Closing it lets the process read end-of-file if the container's specification
   * says so ({@link ContainerSpec#stdinOnce}) and it has no terminal, and does nothing if not.
   */
  OutputStream input();

  /** Sets the size of the process's terminal, if it has one. */
  void resize(TerminalSize size);

  /** Lets go; the process runs on. */
  @Override
  void close();
}
