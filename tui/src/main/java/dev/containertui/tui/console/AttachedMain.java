package dev.containertui.tui.console;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Attachment;
import dev.containertui.container.Container;
import dev.containertui.container.ContainerState;
import dev.containertui.container.LogRecord;
import dev.containertui.error.EngineException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** A container's main process, which runs on when the console is closed. */
final class AttachedMain implements ConsoleProcess {
  private final Container container;
  private final Attachment attachment;
  private final boolean terminal;
  private final boolean stdin;

  /** Attaches; what the process has written until now comes first. */
  AttachedMain(Container container) {
    this.container = container;
    terminal = container.spec().terminal().isPresent();
    stdin = container.spec().openStdin();
    attachment = container.attach(true);
  }

  @Override
  public boolean onTerminal() {
    return terminal;
  }

  @Override
  public boolean hasInput() {
    return terminal || stdin;
  }

  @Override
  public void read(Sink sink) throws IOException, InterruptedException {
    try {
      for (Optional<LogRecord> next = attachment.output().next();
          next.isPresent();
          next = attachment.output().next()) {
        byte[] bytes = next.get().bytes();
        sink.accept(bytes, 0, bytes.length);
      }
    } catch (EngineException e) {
      if (e.kind() == EngineException.Kind.CANCELLED) {
        throw new InterruptedException();
      }
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public String end() throws InterruptedException {
    try {
      return switch (container.awaitEnd()) {
        case ContainerState.Exited exited -> "exited " + exited.exitCode();
        case ContainerState.Restarting again -> "exited " + again.exitCode() + ", is restarted";
        case ContainerState.Failed failed -> "failed: " + failed.reason();
        case ContainerState state -> state.word();
      };
    } catch (EngineException e) {
      // A container that is removed at its end takes its exit code along.
      return e.kind() == EngineException.Kind.NOT_FOUND ? "ended" : "ended: " + e.getMessage();
    }
  }

  @Override
  public OutputStream input() {
    return attachment.input();
  }

  @Override
  public void resize(TerminalSize size) {
    attachment.resize(size);
  }

  @Override
  public void close() {
    attachment.close();
  }
}
