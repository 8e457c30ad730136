package dev.containertui.repl;

import dev.containertui.agent.TerminalSize;
import dev.containertui.engine.Engine;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;

/**
 * A console on a terminal that consists of two streams, for a pane of a larger program: keys go in
 * as a terminal sends them, what comes out is for a terminal emulator. A process has one console at
 * a time.
 */
public final class PaneConsole implements AutoCloseable {
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  private final ExternalTerminal terminal;
  private final ReplConsole console;
  private final Thread thread;

  /**
   * Starts it; returns at once.
   *
   * @param engine stays open
   * @param keys ends with the console; read by a thread of its own
   * @param screen gets UTF-8 and the escape sequences of xterm
   * @param whenEnded called once with the exit code, from another thread
   * @throws EngineException UNAVAILABLE if there can be no such terminal
   */
  public PaneConsole(
      Engine engine,
      InputStream keys,
      OutputStream screen,
      TerminalSize size,
      ConsoleSetup setup,
      IntConsumer whenEnded) {
    try {
      terminal =
          new ExternalTerminal("pane", "xterm-256color", keys, screen, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "no terminal for the console", e);
    }
    terminal.setSize(new Size(size.columns(), size.rows()));
    console = new ReplConsole(engine, terminal, setup.historyFile(), false);
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("console")
            .start(
                () -> {
                  int code = 1;
                  try {
                    code = console.run();
                  } finally {
                    whenEnded.accept(code);
                  }
                });
  }

  /** Tells the console the size of its pane. */
  public void resize(TerminalSize size) {
    terminal.setSize(new Size(size.columns(), size.rows()));
    terminal.raise(Terminal.Signal.WINCH);
  }

  /** Ends it, whatever it does, and waits for the end, some seconds at most. */
  @Override
  public void close() {
    console.end();
    try {
      thread.join(END_LIMIT);
      terminal.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "the console's terminal does not close", e);
    }
  }
}
