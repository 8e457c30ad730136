package dev.containertui.tui.screen.jshell;

import dev.containertui.agent.TerminalSize;
import dev.containertui.engine.Engine;
import dev.containertui.repl.ConsoleSetup;
import dev.containertui.repl.PaneConsole;
import dev.containertui.tui.console.ConsoleProcess;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The JShell console of this process, at the other end of a terminal in memory. */
final class JShellProcess implements ConsoleProcess {
  private final Engine engine;
  private final ConsoleSetup setup;
  private final KeyPipe keys = new KeyPipe();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private TerminalSize size;
  private PaneConsole console;
  private boolean closed;

  /**
   * @param engine stays open
   */
  JShellProcess(Engine engine, ConsoleSetup setup, TerminalSize size) {
    this.engine = engine;
    this.setup = setup;
    this.size = size;
  }

  @Override
  public boolean onTerminal() {
    return true;
  }

  @Override
  public boolean hasInput() {
    return true;
  }

  @Override
  public void read(Sink sink) throws InterruptedException {
    start(sink);
    try {
      exit.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private synchronized void start(Sink sink) {
    if (closed) {
      exit.complete(0);
      return;
    }
    OutputStream screen =
        new OutputStream() {
          @Override
          public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            sink.accept(bytes, offset, length);
          }
        };
    console = new PaneConsole(engine, keys.input, screen, size, setup, exit::complete);
  }

  @Override
  public String end() {
    return "exited " + exit.getNow(1);
  }

  @Override
  public OutputStream input() {
    return keys.output;
  }

  @Override
  public synchronized void resize(TerminalSize changed) {
    if (!changed.equals(size)) {
      size = changed;
      if (console != null) {
        console.resize(changed);
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (console != null) {
      console.close();
    }
    keys.close();
  }
}
