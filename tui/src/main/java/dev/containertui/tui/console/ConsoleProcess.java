package dev.containertui.tui.console;

import dev.containertui.agent.TerminalSize;
import java.io.IOException;
import java.io.OutputStream;

/** What is at the other end of a console. */
public interface ConsoleProcess {
  /** Takes a piece of output. */
  @FunctionalInterface
  interface Sink {
    void accept(byte[] bytes, int offset, int length);
  }

  /** Whether it is on a terminal; if not its output has bare line feeds, and nothing echoes. */
  boolean onTerminal();

  /** Whether there is anybody to type to. */
  boolean hasInput();

  /**
   * Hands on what it writes until its end.
   *
   * @throws IOException if the connection to it is lost; it may run on
   */
  void read(Sink sink) throws IOException, InterruptedException;

  /** How it ended, in a few words ({@code exited 0}); asked once, after all output was read. */
  String end() throws InterruptedException;

  /** Its standard input; blocks while it does not read. */
  OutputStream input();

  /** Sets its terminal's size. */
  void resize(TerminalSize size);

  /** Lets go of it, and ends it if it was started for this console. May block. */
  void close();
}
