package dev.containertui.container.log;

import dev.containertui.container.LogQuery;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.error.DiskErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;

/** Those lines of a log that somebody asked for, and if he follows, those to come. */
final class QueriedStream implements LogStream {
  private final OutputLog log;
  private final Path directory;
  private final LogQuery query;
  private final EntryReader reader;
  private final LineSplitter lines = new LineSplitter();
  private final Queue<LogRecord> ready = new ArrayDeque<>();
  private final Instant until;

  /** Lines that are still to be left out for the sake of {@link LogQuery#tail}. */
  private long skip;

  private volatile boolean closed;
  private boolean drained;

  private QueriedStream(OutputLog log, Path directory, LogQuery query, Position start, long skip) {
    this.log = log;
    this.directory = directory;
    this.query = query;
    this.reader = new EntryReader(directory, start);
    this.until = query.until().orElse(Instant.MAX);
    this.skip = skip;
  }

  static QueriedStream of(OutputLog log, Path directory, LogQuery query) {
    NavigableSet<Long> segments = Segments.list(directory);
    Position start = segments.isEmpty() ? log.tail().end() : Position.startOf(segments.first());
    if (query.tail().isEmpty()) {
      return new QueriedStream(log, directory, query, start, 0);
    }
    // Counted up to where the log ends now; what comes later is shown in any case.
    Position end = log.tail().end();
    long count = 0;
    LogQuery all =
        new LogQuery(
            query.out(), query.err(), false, query.since(), query.until(), OptionalLong.empty());
    try (var counted = new QueriedStream(log, directory, all, start, 0)) {
      while (counted.next(end).isPresent()) {
        count++;
      }
    }
    long skipped = Math.max(0, count - query.tail().getAsLong());
    return new QueriedStream(log, directory, query, start, skipped);
  }

  @Override
  public Optional<LogRecord> next() {
    while (true) {
      Optional<LogRecord> line = next(log.tail().end());
      if (line.isPresent() && skip > 0) {
        skip--;
      } else if (line.isPresent() || closed || drained) {
        return line;
      }
    }
  }

  /** The next line that ends before {@code end}, or while this stream follows, that ends at all. */
  private Optional<LogRecord> next(Position end) {
    while (!closed) {
      LogRecord line = ready.poll();
      if (line != null) {
        if (line.at().compareTo(until) >= 0) {
          break;
        }
        if (isWanted(line)) {
          return Optional.of(line);
        }
        continue;
      }
      if (drained) {
        break;
      }
      Entry entry = reader.next(end);
      if (entry != null) {
        lines.take(entry, ready);
      } else if (!query.follow() || !log.awaitMore(reader.position(), false, until, () -> closed)) {
        lines.finish(ready);
        drained = true;
      } else {
        end = log.tail().end();
      }
    }
    drained = true;
    return Optional.empty();
  }

  private boolean isWanted(LogRecord line) {
    boolean stream = line.stream() == LogRecord.Stream.OUT ? query.out() : query.err();
    return stream && query.since().map(since -> line.at().compareTo(since) >= 0).orElse(true);
  }

  @Override
  public void close() {
    closed = true;
    log.wake();
    try {
      reader.close();
    } catch (IOException e) {
      throw DiskErrors.of("cannot close a container's log", directory, e);
    }
  }
}
