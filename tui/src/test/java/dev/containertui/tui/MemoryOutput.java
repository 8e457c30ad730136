package dev.containertui.tui;

import dev.containertui.agent.TerminalSize;
import dev.containertui.container.Attachment;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a container's main process has written, for any number of clients. */
final class MemoryOutput {
  private final List<LogRecord> records = new ArrayList<>();
  private ContainerProcess process;
  private boolean ended;

  /** Reads what a process writes. */
  synchronized void follow(ContainerProcess started) {
    process = started;
    ended = false;
    records.clear();
    Thread.startVirtualThread(() -> read(started.getInputStream()));
  }

  private void read(InputStream input) {
    byte[] buffer = new byte[4096];
    try {
      for (int n = input.read(buffer); n >= 0; n = input.read(buffer)) {
        add(new LogRecord(Instant.now(), LogRecord.Stream.OUT, java.util.Arrays.copyOf(buffer, n)));
      }
    } catch (IOException e) {
      // its pty is gone
    }
    end();
  }

  private synchronized void add(LogRecord record) {
    records.add(record);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  private synchronized int size() {
    return records.size();
  }

  Attachment attach(boolean replay) {
    return new Client(replay ? 0 : size());
  }

  private final class Client implements Attachment, LogStream {
    private int next;
    private boolean closed;

    Client(int next) {
      this.next = next;
    }

    @Override
    public LogStream output() {
      return this;
    }

    @Override
    public Optional<LogRecord> next() {
      synchronized (MemoryOutput.this) {
        try {
          while (next == records.size() && !ended && !closed) {
            MemoryOutput.this.wait();
          }
        } catch (InterruptedException e) {
          throw new EngineException(EngineException.Kind.CANCELLED, "cancelled");
        }
        return closed || next == records.size()
            ? Optional.empty()
            : Optional.of(records.get(next++));
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

    @Override
    public void close() {
      synchronized (MemoryOutput.this) {
        closed = true;
        MemoryOutput.this.notifyAll();
      }
    }
  }
}
