package dev.containertui.tui.screen.containers;

import dev.containertui.container.Container;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.error.EngineException;
import dev.containertui.tui.app.Host;
import dev.containertui.tui.text.Lines;
import dev.containertui.tui.text.TextRow;
import dev.containertui.tui.vt.LineDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;

/**
 * Follows the log of a container. One thread reads, as fast as it comes; another hands over what
 * has come {@value #PAUSE_MILLIS} ms ago and since, so that ten thousand lines a second are some
 * twenty events. What comes faster than it is taken is forgotten as the oldest lines of a log are.
 */
final class LogFeed {
  /** Who only passes a container on the way to another does not have its log opened. */
  private static final long SETTLE_MILLIS = 120;

  private static final long PAUSE_MILLIS = 40;

  /**
   * What has come since the batch before.
   *
   * @param open lines that are not complete
   * @param ended whether nothing more will come
   * @param failure why the log could not be read; empty if it could
   */
  record Batch(List<TextRow> rows, List<TextRow> open, boolean ended, String failure) {}

  private final Container container;
  private final LogChoice choice;
  private final LineDecoder out = new LineDecoder();
  private final LineDecoder err = new LineDecoder();
  private final ArrayDeque<TextRow> waiting = new ArrayDeque<>();
  private final Semaphore something = new Semaphore(0);
  private long waitingWeight;
  private Instant last = Instant.EPOCH;
  private volatile boolean closed;
  private volatile LogStream stream = null;

  LogFeed(Container container, LogChoice choice) {
    this.container = container;
    this.choice = choice;
  }

  LogChoice choice() {
    return choice;
  }

  /** Reads until the container has ended, or this is closed. */
  void run(Host host, BiConsumer<LogFeed, Batch> deliver) throws InterruptedException {
    Thread.sleep(SETTLE_MILLIS);
    if (closed) {
      return;
    }
    Thread courier = Thread.ofVirtual().name("log-courier").start(() -> carry(deliver));
    String failure = "";
    try (LogStream log = container.logs(choice.query(Instant.now()))) {
      stream = log;
      if (!closed) {
        for (Optional<LogRecord> next = log.next(); next.isPresent(); next = log.next()) {
          take(next.get());
        }
      }
    } catch (EngineException e) {
      failure = e.getMessage();
    } finally {
      courier.interrupt();
      courier.join(Duration.ofSeconds(5));
    }
    if (!closed) {
      deliver.accept(this, batch(true, failure));
    }
  }

  private void carry(BiConsumer<LogFeed, Batch> deliver) {
    try {
      while (true) {
        something.acquire();
        Thread.sleep(PAUSE_MILLIS);
        something.drainPermits();
        if (!closed) {
          deliver.accept(this, batch(false, ""));
        }
      }
    } catch (InterruptedException e) {
      // the reader hands over the rest
    }
  }

  private synchronized void take(LogRecord piece) {
    boolean error = piece.stream() == LogRecord.Stream.ERR;
    last = piece.at();
    (error ? err : out)
        .feed(
            piece.bytes(),
            line -> {
              waiting.add(new TextRow(line, Optional.of(piece.at()), error));
              waitingWeight += line.weight();
              while (waiting.size() > Lines.MAX_LINES || waitingWeight > Lines.MAX_WEIGHT) {
                waitingWeight -= waiting.remove().line().weight();
              }
            });
    something.release();
  }

  private synchronized Batch batch(boolean ended, String failure) {
    List<TextRow> open = new ArrayList<>();
    out.open().ifPresent(l -> open.add(new TextRow(l, Optional.of(last), false)));
    err.open().ifPresent(l -> open.add(new TextRow(l, Optional.of(last), true)));
    Batch batch = new Batch(List.copyOf(waiting), open, ended, failure);
    waiting.clear();
    waitingWeight = 0;
    return batch;
  }

  void close() {
    closed = true;
    LogStream open = stream;
    if (open != null) {
      open.close();
    }
  }
}
