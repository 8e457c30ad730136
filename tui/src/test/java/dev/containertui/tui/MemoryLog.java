package dev.containertui.tui;

import dev.containertui.container.LogQuery;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A log in memory: what tests write into it is told to all who read it. */
public final class MemoryLog {
  private final List<LogRecord> records = new ArrayList<>();
  private boolean ended;
  private int readers;
  private int cuts;

  public synchronized void write(LogRecord.Stream stream, String text) {
    records.add(new LogRecord(Instant.now(), stream, text.getBytes(StandardCharsets.UTF_8)));
    notifyAll();
  }

  public synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Ends for who reads it now, as if the engine had been killed. */
  public synchronized void cutOff() {
    cuts++;
    notifyAll();
  }

  /** How many read it now. */
  public synchronized int readers() {
    return readers;
  }

  public LogStream open(LogQuery query) {
    return new Reader(query);
  }

  private final class Reader implements LogStream {
    private final LogQuery query;
    private int next;
    private final int cutsBefore;
    private boolean closed;

    Reader(LogQuery query) {
      this.query = query;
      synchronized (MemoryLog.this) {
        cutsBefore = cuts;
        readers++;
      }
    }

    @Override
    public Optional<LogRecord> next() {
      synchronized (MemoryLog.this) {
        try {
          while (!closed) {
            if (next < records.size()) {
              LogRecord record = records.get(next++);
              boolean wanted = record.stream() == LogRecord.Stream.OUT ? query.out() : query.err();
              if (wanted) {
                return Optional.of(record);
              }
            } else if (ended || cuts > cutsBefore || !query.follow()) {
              return Optional.empty();
            } else {
              MemoryLog.this.wait();
            }
          }
          return Optional.empty();
        } catch (InterruptedException e) {
          throw new EngineException(Kind.CANCELLED, "cancelled", e);
        }
      }
    }

    @Override
    public void close() {
      synchronized (MemoryLog.this) {
        readers -= closed ? 0 : 1;
        closed = true;
        MemoryLog.this.notifyAll();
      }
    }
  }
}
