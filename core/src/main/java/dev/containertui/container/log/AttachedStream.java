package dev.containertui.container.log;

import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.error.DiskErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Every byte of one run, for a client that the writer waits for. */
final class AttachedStream implements LogStream {
  private final OutputLog log;
  private final Path directory;
  private final EntryReader reader;

  /** What the writer had appended when the entry after the last one read was written, at least. */
  private volatile long readBytes;

  private volatile long segment;

  /** Up to here, entries were there when the client came. */
  private final Position replayEnd;

  private final long run;

  private volatile boolean closed;
  private boolean ended;

  /**
   * @param run the number of the run that it follows
   */
  AttachedStream(OutputLog log, Path directory, Position start, long appendedBytes, long run) {
    this.log = log;
    this.run = run;
    this.directory = directory;
    this.reader = new EntryReader(directory, start);
    this.segment = start.segment();
    // A replay begins before what the writer counts from: it is not behind for that.
    this.readBytes = appendedBytes;
    this.replayEnd = log.tail().end();
  }

  /** The number of the run that it follows. */
  long run() {
    return run;
  }

  long readBytes() {
    return readBytes;
  }

  long segment() {
    return segment;
  }

  @Override
  public Optional<LogRecord> next() {
    while (!ended && !closed) {
      Position before = reader.position();
      Entry entry = reader.next(log.tail().end());
      if (entry == null) {
        ended = !log.awaitMore(reader.position(), true, Instant.MAX, () -> closed);
        continue;
      }
      passed(before, entry);
      if (entry.type() == Entry.Type.RUN_END) {
        ended = true;
      } else if (entry.isOutput()) {
        return Optional.of(
            new LogRecord(
                entry.at(),
                entry.type() == Entry.Type.OUT ? LogRecord.Stream.OUT : LogRecord.Stream.ERR,
                entry.bytes()));
      }
    }
    close();
    return Optional.empty();
  }

  private void passed(Position before, Entry entry) {
    segment = reader.position().segment();
    if (before.compareTo(replayEnd) >= 0) {
      readBytes += entry.encodedBytes();
      log.hasRead();
    }
  }

  /** May be called while another thread is in {@link #next}, which then ends. */
  @Override
  public void close() {
    closed = true;
    log.detach(this);
    try {
      reader.close();
    } catch (IOException e) {
      throw DiskErrors.of("cannot close a container's log", directory, e);
    }
  }
}
