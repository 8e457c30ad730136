package dev.containertui.container.log;

import dev.containertui.container.LogOptions;
import dev.containertui.container.LogQuery;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.error.DiskErrors;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The log of one container, written by the process that the container belongs to. What {@link
 * #append} has taken survives the end of this process, however it ends; not a power failure.
 *
 * <p>Readers read files, never what is in memory, so any number of them costs the writer nothing.
 * Only those that are <em>attached</em> hold it up, when they lag {@value #MAX_LAG_BYTES} bytes
 * behind, and keep segments from being removed that they have yet to read.
 */
public final class OutputLog implements AutoCloseable {
  static final long MAX_LAG_BYTES = 4 << 20;

  private final Path directory;
  private final LogOptions options;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final Condition caughtUp = lock.newCondition();
  private final Set<AttachedStream> attached = new HashSet<>();

  private LogTail tail;
  private SegmentWriter writer;

  /** All that was appended here, entries with their headers. */
  private long appendedBytes;

  /** The number of the last run, counted since this log was opened. */
  private long run;

  /** Where the last run begins; null if that is not known any more. */
  private Position runBegin;

  /** How many readers need every segment that there is, for a moment. */
  private int held;

  /** Whether a write has failed, so that only the files know what is in them. */
  private boolean doubtful;

  /** Whether readers are not waited for. */
  private boolean hurried;

  private boolean closed;

  private OutputLog(Path directory, LogOptions options, LogTail tail) {
    this.directory = directory;
    this.options = options;
    this.tail = tail;
  }

  /**
   * Opens a log for writing. The directory is made with the first entry. One that is no log is
   * moved aside, to {@code NAME.damaged}: a container must not fail for it.
   *
   * @throws EngineException UNAVAILABLE
   */
  public static OutputLog open(Path directory, LogOptions options) {
    try {
      return new OutputLog(directory, options, LogTail.find(directory));
    } catch (EngineException e) {
      if (e.kind() != Kind.CORRUPT) {
        throw e;
      }
      moveAside(directory);
      return new OutputLog(directory, options, LogTail.NOTHING);
    }
  }

  private static void moveAside(Path directory) {
    Path aside = directory.resolveSibling(directory.getFileName() + ".damaged");
    try {
      DurableFiles.deleteTree(aside);
      Files.move(directory, aside);
    } catch (IOException e) {
      throw DiskErrors.of("cannot move a damaged log aside", directory, e);
    }
  }

  /** A run begins: the main process has been started. */
  public void beginRun() {
    lock.lock();
    try {
      hurried = false;
      run++;
    } finally {
      lock.unlock();
    }
    write(Entry.Type.RUN_BEGIN, new byte[0], 0, 0);
  }

  /** The run is over: streams that follow it end when they have read all. */
  public void endRun() {
    lock.lock();
    try {
      write(Entry.Type.RUN_END, new byte[0], 0, 0);
      // The next run may never come.
      giveUpWriter();
      doubtful = false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * To the end of this run {@link #append} waits for no reader: its process is to end now. Readers
   * lose nothing by that, their files stay until they have read them.
   */
  public void hurry() {
    lock.lock();
    try {
      hurried = true;
      caughtUp.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until those that are attached have read all and are gone, before the files go. Who came
   * after the end of the last run has nothing to read, and is not waited for.
   *
   * @return whether that is so within {@code limit}
   */
  public boolean awaitDetached(Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (attached.stream().anyMatch(stream -> stream.run() <= run)) {
        if (left <= 0) {
          return false;
        }
        left = caughtUp.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a run has begun and not ended, perhaps in a process before this one. */
  public boolean isOpenRun() {
    lock.lock();
    try {
      return tail.openRun();
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes of a stream the last run has in this log, rotated ones included. */
  public long received(LogRecord.Stream stream) {
    lock.lock();
    try {
      return stream == LogRecord.Stream.OUT ? tail.outBytes() : tail.errBytes();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds output. Waits while an attached reader is too far behind.
   *
   * @throws EngineException EXHAUSTED if the disk is full, UNAVAILABLE; CANCELLED if interrupted;
   *     in each case these bytes, from some byte on, are not in the log: {@link #received} tells
   */
  public void append(LogRecord.Stream stream, byte[] bytes, int offset, int length) {
    Entry.Type type = stream == LogRecord.Stream.OUT ? Entry.Type.OUT : Entry.Type.ERR;
    int done = 0;
    while (done < length) {
      int count = Math.min(length - done, Entry.MAX_BYTES);
      awaitReaders();
      write(type, bytes, offset + done, count);
      done += count;
    }
  }

  private void awaitReaders() {
    lock.lock();
    try {
      while (!hurried && attached.stream().anyMatch(this::isTooFarBehind)) {
        caughtUp.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "writing a container's log was cancelled", e);
    } finally {
      lock.unlock();
    }
  }

  /** Who still reads an earlier run holds up none but itself. */
  private boolean isTooFarBehind(AttachedStream stream) {
    return stream.run() == run && appendedBytes - stream.readBytes() > MAX_LAG_BYTES;
  }

  private void write(Entry.Type type, byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      if (closed) {
        throw new EngineException(Kind.UNAVAILABLE, "the log " + directory + " is closed");
      }
      if (writer == null) {
        tail = doubtful ? LogTail.find(directory) : tail;
        writer = SegmentWriter.goOn(directory, tail);
        doubtful = false;
      }
      long used = writer.end().offset();
      if (used > SegmentHeader.BYTES && used + length > options.maxSegmentBytes()) {
        rotate();
      }
      Position begin = writer.end();
      writer.write(Entry.encode(type, Instant.now(), bytes, offset, length));
      if (type == Entry.Type.RUN_BEGIN) {
        runBegin = begin;
      }
      advance(type, length);
    } catch (IOException e) {
      giveUpWriter();
      throw DiskErrors.of("cannot write a container's log", directory, e);
    } finally {
      lock.unlock();
    }
  }

  private void advance(Entry.Type type, int length) {
    boolean begins = type == Entry.Type.RUN_BEGIN;
    tail =
        new LogTail(
            writer.end(),
            begins || (tail.openRun() && type != Entry.Type.RUN_END),
            begins ? 0 : tail.outBytes() + (type == Entry.Type.OUT ? length : 0),
            begins ? 0 : tail.errBytes() + (type == Entry.Type.ERR ? length : 0));
    appendedBytes += Entry.HEADER_BYTES + length;
    grown.signalAll();
  }

  /** Begins the next segment, and removes what is too old by then and nobody attached needs. */
  private void rotate() throws IOException {
    SegmentWriter next = SegmentWriter.next(directory, tail);
    writer.close();
    writer = next;
    tail = new LogTail(next.end(), tail.openRun(), tail.outBytes(), tail.errBytes());
    removeOld();
  }

  private void removeOld() throws IOException {
    if (held > 0) {
      return;
    }
    NavigableSet<Long> segments = Segments.list(directory);
    while (segments.size() > options.maxSegments()) {
      long oldest = segments.pollFirst();
      if (attached.stream().anyMatch(s -> s.segment() <= oldest)) {
        return;
      }
      Files.deleteIfExists(Segments.file(directory, oldest));
    }
  }

  private void giveUpWriter() {
    doubtful = true;
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException e) {
        // What was wrong with it has been reported already.
      }
      writer = null;
    }
  }

  /** Lines of the log, in the order in which they were finished. */
  public LogStream read(LogQuery query) {
    return QueriedStream.of(this, directory, query);
  }

  /** The same for the log of a container of another process: what is there now, no more. */
  public static LogStream read(Path directory, LogQuery query) {
    LogTail tail = LogTail.find(directory);
    OutputLog log = new OutputLog(directory, LogOptions.DEFAULT, tail);
    log.closed = true;
    return QueriedStream.of(log, directory, query);
  }

  /**
   * Every byte from now on, to the end of the run that goes on or is to come.
   *
   * @param replay whether to begin where the last run began
   */
  public LogStream attach(boolean replay) {
    lock.lock();
    try {
      Position start = replay ? lastRunBegin() : tail.end();
      boolean replays = !start.equals(tail.end());
      AttachedStream stream =
          new AttachedStream(
              this, directory, start, appendedBytes, tail.openRun() || replays ? run : run + 1);
      attached.add(stream);
      return stream;
    } finally {
      lock.unlock();
    }
  }

  /** Where the last run begins, or what is left of it; without any run, the end. */
  private Position lastRunBegin() {
    if (runBegin != null) {
      return runBegin;
    }
    NavigableSet<Long> segments = Segments.list(directory);
    if (segments.isEmpty()) {
      return tail.end();
    }
    Position found = Position.startOf(segments.first());
    try (EntryReader reader = new EntryReader(directory, found)) {
      Position before = found;
      for (Entry e = reader.next(tail.end()); e != null; e = reader.next(tail.end())) {
        if (e.type() == Entry.Type.RUN_BEGIN) {
          found = before;
        }
        before = reader.position();
      }
    } catch (IOException e) {
      throw DiskErrors.of("cannot read a container's log", directory, e);
    }
    runBegin = found;
    return found;
  }

  void detach(AttachedStream stream) {
    lock.lock();
    try {
      if (attached.remove(stream) && !closed) {
        removeOld();
      }
    } catch (IOException e) {
      // It is tried again with the next segment.
    } finally {
      caughtUp.signalAll();
      grown.signalAll();
      lock.unlock();
    }
  }

  /** Keeps all segments until {@link #release}. */
  void hold() {
    lock.lock();
    try {
      held++;
    } finally {
      lock.unlock();
    }
  }

  void release() {
    lock.lock();
    try {
      held--;
      if (!closed) {
        removeOld();
      }
    } catch (IOException e) {
      // It is tried again with the next segment.
    } finally {
      lock.unlock();
    }
  }

  void hasRead() {
    lock.lock();
    try {
      caughtUp.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Where the log ends now. */
  LogTail tail() {
    lock.lock();
    try {
      return tail;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the log is longer than {@code seen}, no run goes on any more, or {@code deadline}
   * has passed.
   *
   * @param wholeRun whether to go on waiting while no run goes on: for one that is to come
   * @param gone whether the reader has been closed meanwhile
   * @return whether there is more to read
   */
  boolean awaitMore(Position seen, boolean wholeRun, Instant deadline, BooleanSupplier gone) {
    lock.lock();
    try {
      while (tail.end().compareTo(seen) <= 0) {
        if (closed || gone.getAsBoolean() || (!wholeRun && !tail.openRun())) {
          return false;
        }
        if (deadline.equals(Instant.MAX)) {
          grown.await();
        } else if (!grown.awaitUntil(Date.from(deadline))) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "reading a container's log was cancelled", e);
    } finally {
      lock.unlock();
    }
  }

  /** Wakes who waits in {@link #awaitMore}. */
  void wake() {
    lock.lock();
    try {
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Streams end with what there is. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      giveUpWriter();
      grown.signalAll();
      caughtUp.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
