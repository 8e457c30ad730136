package dev.containertui.engine.api.server;

import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A container's output in memory. */
final class FakeLog {
  private final List<LogRecord> records = new ArrayList<>();
  private boolean ended;
  private int readers;

  synchronized void write(LogRecord.Stream stream, byte[] bytes) {
    records.add(new LogRecord(Instant.parse("2026-01-02T03:04:05.678Z"), stream, bytes));
    notifyAll();
  }

  void out(String text) {
    write(LogRecord.Stream.OUT, text.getBytes(StandardCharsets.UTF_8));
  }

  void err(String text) {
    write(LogRecord.Stream.ERR, text.getBytes(StandardCharsets.UTF_8));
  }

  synchronized void end() {
    ended = true;
    notifyAll();
  }

  synchronized int readers() {
    return readers;
  }

  synchronized LogStream read(boolean fromStart, boolean follow, Predicate<LogRecord> wanted) {
    readers++;
    return new Reader(fromStart ? 0 : records.size(), follow, wanted);
  }

  private final class Reader implements LogStream {
    private int position;
    private final boolean follow;
    private final Predicate<LogRecord> wanted;
    private boolean closed;

    Reader(int position, boolean follow, Predicate<LogRecord> wanted) {
      this.position = position;
      this.follow = follow;
      this.wanted = wanted;
    }

    @Override
    public Optional<LogRecord> next() {
      synchronized (FakeLog.this) {
        while (!closed) {
          if (position < records.size()) {
            LogRecord next = records.get(position++);
            if (wanted.test(next)) {
              return Optional.of(next);
            }
          } else if (!follow || ended) {
            return Optional.empty();
          } else {
            await();
          }
        }
        return Optional.empty();
      }
    }

    private void await() {
      try {
        FakeLog.this.wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EngineException(Kind.CANCELLED, "cancelled", e);
      }
    }

    @Override
    public void close() {
      synchronized (FakeLog.this) {
        if (!closed) {
          closed = true;
          readers--;
          FakeLog.this.notifyAll();
        }
      }
    }
  }
}
