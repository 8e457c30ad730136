package dev.containertui;

import dev.containertui.container.LogRecord;
import dev.containertui.container.LogStream;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes lines of the pieces that a log consists of. */
final class LineFeed extends QueuedFeed<LogLine> {
  private static final int AHEAD = 1024;
  private static final int MOST_BYTES = 64 << 10;

  private final String container;
  private final LogStream source;
  private final Predicate<LogLine> wanted;
  private final Map<LogRecord.Stream, Line> begun = new EnumMap<>(LogRecord.Stream.class);
  private final Thread reader;

  /** A line whose end has not come yet. */
  private static final class Line {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Instant at;
  }

  LineFeed(String container, LogStream source, Predicate<LogLine> wanted) {
    super(AHEAD);
    this.container = container;
    this.source = source;
    this.wanted = wanted;
    this.reader = Thread.ofVirtual().name("log").start(this::read);
  }

  private void read() {
    try {
      for (Optional<LogRecord> next = source.next(); next.isPresent(); next = source.next()) {
        if (!split(next.get())) {
          return;
        }
      }
      for (Map.Entry<LogRecord.Stream, Line> last : begun.entrySet()) {
        if (last.getValue().bytes.size() > 0) {
          pass(last.getKey(), last.getValue());
        }
      }
      end();
    } catch (InterruptedException e) {
      end();
    } catch (EngineException e) {
      fail(e);
    } catch (RuntimeException e) {
      fail(new EngineException(Kind.INTERNAL, "the log of " + container + " broke off: " + e, e));
    }
  }

  private boolean split(LogRecord record) throws InterruptedException {
    Line line = begun.computeIfAbsent(record.stream(), _ -> new Line());
    for (byte b : record.bytes()) {
      if (line.bytes.size() == 0 && line.at == null) {
        line.at = record.at();
      }
      if (b != '\n') {
        line.bytes.write(b);
      }
      if ((b == '\n' || line.bytes.size() == MOST_BYTES) && !pass(record.stream(), line)) {
        return false;
      }
    }
    return true;
  }

  private boolean pass(LogRecord.Stream stream, Line line) throws InterruptedException {
    String text = line.bytes.toString(StandardCharsets.UTF_8);
    String whole = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    LogLine made = new LogLine(line.at, stream == LogRecord.Stream.OUT ? "out" : "err", whole);
    line.bytes.reset();
    line.at = null;
    return !wanted.test(made) || add(made, true);
  }

  @Override
  void release() {
    source.close();
    reader.interrupt();
  }

  @Override
  public String toString() {
    return "the log of " + container;
  }
}
