package dev.containertui.engine.api.client;

import dev.containertui.container.LogOptions;
import dev.containertui.container.LogQuery;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.engine.api.own.ContainerFacts;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The output of one run of a container, which goes on with the next engine where the last one left
 * off if that went away. Who was attached from the run's beginning gets every byte once: the next
 * engine sends the run from its beginning, and as much as had come is passed over.
 */
final class RunOutput implements LogStream {
  private final RemoteContainer container;
  private final NextEngine nextEngine;
  private final int restarts;

  /** Whether it has all since the run's beginning. */
  private final boolean whole;

  private final long[] received = new long[LogRecord.Stream.values().length];
  private final long[] toSkip = new long[received.length];
  private LogStream current;

  private Hijacked connection;
  private boolean inputEnded;
  private boolean ended;
  private boolean closed;

  /**
   * @param replay whether it begins with what the run that goes on has written before
   */
  RunOutput(ApiClient api, RemoteContainer container, boolean replay) {
    this.container = container;
    nextEngine = new NextEngine(api, container);
    restarts = container.summary().restartCount();
    // Who attaches to a container that does not run is there when the next run begins.
    whole = replay || !container.summary().state().isActive();
    connection = container.hijackAttach(replay);
    current = records(connection);
  }

  private LogStream records(Hijacked from) {
    return new RecordStream(from.input(), container.isFramed(), from::close);
  }

  @Override
  public Optional<LogRecord> next() {
    while (true) {
      EngineException broken = null;
      Optional<LogRecord> piece = Optional.empty();
      try {
        piece = current.next();
      } catch (EngineException e) {
        if (e.kind() != Kind.UNAVAILABLE) {
          throw e;
        }
        broken = e;
      }
      if (piece.isPresent()) {
        Optional<LogRecord> fresh = unseen(piece.get());
        if (fresh.isPresent()) {
          return fresh;
        }
      } else if (!goOn()) {
        boolean over = end();
        if (broken != null && !over) {
          throw broken;
        }
        return Optional.empty();
      }
    }
  }

  private Optional<LogRecord> unseen(LogRecord piece) {
    int stream = piece.stream().ordinal();
    byte[] bytes = piece.bytes();
    int known = (int) Math.min(toSkip[stream], bytes.length);
    toSkip[stream] -= known;
    received[stream] += bytes.length - known;
    return known == bytes.length
        ? Optional.empty()
        : Optional.of(
            new LogRecord(
                piece.at(), piece.stream(), Arrays.copyOfRange(bytes, known, bytes.length)));
  }

  /** Whether there is more, from another engine. */
  private boolean goOn() {
    Hijacked last = connection();
    if (last == null || isClosed()) {
      return false;
    }
    ContainerFacts facts = nextEngine.after(last.engine(), () -> true).orElse(null);
    if (facts == null || facts.restartCount() != restarts || facts.startedAt().isEmpty()) {
      return false;
    }
    boolean again = whole && isKept();
    System.arraycopy(received, 0, toSkip, 0, received.length);
    if (!again) {
      Arrays.fill(toSkip, 0);
    }
    if (facts.state().isActive()) {
      Hijacked next = container.hijackAttach(again);
      return use(records(next), next);
    }
    if (!again) {
      return false;
    }
    LogQuery all =
        new LogQuery(true, true, false, facts.startedAt(), Optional.empty(), OptionalLong.empty());
    return use(container.logs(all), null);
  }

  /** Whether the log still has all that came: if not, too much would be passed over. */
  private boolean isKept() {
    LogOptions options = container.spec().logOptions();
    long sure = options.maxSegmentBytes() / 2 * Math.max(1, options.maxSegments() - 1);
    return Arrays.stream(received).sum() <= sure;
  }

  private synchronized boolean use(LogStream output, Hijacked carrier) {
    current = output;
    connection = carrier;
    if (closed) {
      output.close();
    } else if (carrier != null && inputEnded) {
      closeInput(carrier);
    }
    notifyAll();
    return !closed;
  }

  /** Whether somebody has closed it before it came to its end. */
  private synchronized boolean end() {
    ended = true;
    notifyAll();
    return closed;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** What carries the input too; null if nothing does any more. */
  synchronized Hijacked connection() {
    return connection;
  }

  /** No connection is to carry input from now on. */
  synchronized void endInput() {
    inputEnded = true;
    if (connection != null) {
      closeInput(connection);
    }
  }

  private static void closeInput(Hijacked connection) {
    try {
      new SentOutput(connection.output()).close();
    } catch (IOException e) {
      // It is gone; the next one is told instead, if there is one.
    }
  }

  /**
   * Waits for another connection than one that has ended.
   *
   * @return null if none comes
   */
  synchronized Hijacked connectionAfter(Hijacked last, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    for (long left = limit.toMillis();
        connection == last && !ended && !closed && left > 0;
        left = (end - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
    return connection == last || closed ? null : connection;
  }

  @Override
  public void close() {
    LogStream open;
    synchronized (this) {
      closed = true;
      open = current;
      notifyAll();
    }
    open.close();
  }
}
