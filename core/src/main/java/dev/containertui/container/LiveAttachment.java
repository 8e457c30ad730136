package dev.containertui.container;

import dev.containertui.agent.TerminalSize;
import dev.containertui.error.EngineException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client's hold on the main process, of the run that goes on or is to come. */
final class LiveAttachment implements Attachment {
  private final ContainerLife life;
  private final LogStream output;
  private final long exitsBefore;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final OutputStream input = new Input();

  LiveAttachment(ContainerLife life, boolean replay) {
    this.life = life;
    this.exitsBefore = life.exits();
    this.output = life.log().open().attach(replay);
    life.happened("attach", Map.of());
  }

  @Override
  public LogStream output() {
    return output;
  }

  @Override
  public OutputStream input() {
    return input;
  }

  @Override
  public void resize(TerminalSize size) {
    MainProcess process = life.process();
    if (life.machine() != null && process != null) {
      process.resize(size);
      life.happened(
          "resize",
          Map.of(
              "width", Integer.toString(size.columns()), "height", Integer.toString(size.rows())));
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    output.close();
    closeInput();
    MainProcess process = life.process();
    // At the end of the process nobody lets go of it: clients take this event for "it runs on".
    if (life.machine() != null && process != null && process.isAlive()) {
      life.happened("detach", Map.of());
    }
    // Ends a write that waits for the start.
    life.keeper().signal();
  }

  /** A terminal stays: who lets go of a shell does not want it to end. */
  private void closeInput() {
    MainProcess process = life.process();
    ContainerSpec spec = life.keeper().get().spec();
    boolean ends = spec.stdinOnce() && spec.terminal().isEmpty();
    if (ends && life.machine() != null && process != null) {
      try {
        process.getOutputStream().close();
      } catch (IOException e) {
        // The process has ended.
      }
    }
  }

  /** Standard input; a write before the start waits for it. */
  private final class Input extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      target().write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      if (life.machine() != null) {
        target().flush();
      }
    }

    private OutputStream target() throws IOException {
      try {
        life.keeper()
            .await(
                _ ->
                    closed.get()
                        || life.machine() != null
                        || life.exits() > exitsBefore
                        || life.keeper().isRemoved()
                        || life.ownership().isLetGo());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for the container's start");
      }
      MainProcess process = life.process();
      if (closed.get() || life.machine() == null || process == null) {
        throw new IOException("the container's main process has ended");
      }
      return process.getOutputStream();
    }

    @Override
    public void close() {
      try {
        closeInput();
      } catch (EngineException e) {
        // The guest is gone, and with it the process.
      }
    }
  }
}
