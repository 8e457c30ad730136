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

  /** Where the log ended when this was opened: the end for who does not follow. */
  private final Position opened;

  /** Lines that are still to be left out for the sake of {@link LogQuery#tail}. */
  private long skip;

  private volatile boolean closed;
  private boolean drained;

  private QueriedStream(
      OutputLog log, Path directory, LogQuery query, Position start, Position opened) {
    this.log = log;
    this.directory = directory;
    this.query = query;
    this.reader = new EntryReader(directory, start);
    this.until = query.until().orElse(Instant.MAX);
    this.opened = opened;
  }

  static QueriedStream of(OutputLog log, Path directory, LogQuery query) {
    // What has been counted must still be there when it is left out.
    log.hold();
    try {
      Position end = log.tail().end();
      NavigableSet<Long> segments = Segments.list(directory);
      Position start = segments.isEmpty() ? end : Position.startOf(segments.first());
      QueriedStream stream = new QueriedStream(log, directory, query, start, end);
      if (query.tail().isPresent()) {
        stream.skip = Math.max(0, stream.count(start) - query.tail().getAsLong());
        stream.leaveOut();
      }
      return stream;
    } finally {
      log.release();
    }
  }

  /** How many lines there are up to where the log ends now; what comes later is shown anyhow. */
  private long count(Position start) {
    LogQuery all =
        new LogQuery(
            query.out(), query.err(), false, query.since(), query.until(), OptionalLong.empty());
    long count = 0;
    try (var counted = new QueriedStream(log, directory, all, start, opened)) {
      while (counted.next(opened, true).isPresent()) {
        count++;
      }
    }
    return count;
  }

  /** Passes what is to be left out, except for a last line that is not at its end yet. */
  private void leaveOut() {
    boolean passed = false;
    try {
      while (skip > 0 && next(opened, false).isPresent()) {
        skip--;
      }
      passed = true;
    } finally {
      if (!passed) {
        close();
      }
    }
  }

  @Override
  public Optional<LogRecord> next() {
    while (true) {
      Optional<LogRecord> line = next(query.follow() ? log.tail().end() : opened, true);
      if (line.isPresent() && skip > 0) {
        skip--;
      } else if (line.isPresent() || closed || drained) {
        return line;
      }
    }
  }

  /**
   * The next line that ends before {@code end}, or while this stream follows, that ends at all.
   *
   * @param toTheEnd whether a line that does not end, and lines to come, count too
   */
  private Optional<LogRecord> next(Position end, boolean toTheEnd) {
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
      } else if (!toTheEnd) {
        return Optional.empty();
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
