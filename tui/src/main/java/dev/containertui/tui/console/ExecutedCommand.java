package dev.containertui.tui.console;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.ContainerProcess;
import dev.containertui.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A process beside the main one, on a terminal, started for this console. */
final class ExecutedCommand implements ConsoleProcess {
  private static final int SIGHUP = 1;
  private static final int BUFFER_BYTES = 1 << 15;

  private final ContainerProcess process;

  ExecutedCommand(ContainerProcess process) {
    this.process = process;
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
  public void read(Sink sink) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    InputStream output = process.getInputStream();
    for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
      sink.accept(buffer, 0, n);
    }
  }

  @Override
  public String end() throws InterruptedException {
    try {
      return "exited " + process.waitFor();
    } catch (EngineException e) {
      return "ended: " + e.getMessage();
    }
  }

  @Override
  public OutputStream input() {
    return process.getOutputStream();
  }

  @Override
  public void resize(TerminalSize size) {
    process.resize(size);
  }

  /** As closing a terminal's window does; some shells ignore SIGTERM. */
  @Override
  public void close() {
    try {
      process.signal(SIGHUP);
      process.destroy();
    } catch (EngineException e) {
      // It has ended, or its machine has, or the engine cannot signal: nothing left to be done.
    }
  }
}
