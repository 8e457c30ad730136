package dev.containertui.engine.api.client;

import dev.containertui.container.LogRecord;
import dev.containertui.container.LogRecord.Stream;
import dev.containertui.container.LogStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * A log that was asked for with {@code timestamps=1}: every line begins with a time of RFC 3339 and
 * a blank, which are taken off and become the time of the record.
 */
final class StampedStream implements LogStream {
  /** Longer ones are no times. */
  private static final int MAX_STAMP_BYTES = 48;

  private final LogStream from;
  private final Queue<LogRecord> ready = new ArrayDeque<>();
  private final Map<Stream, Line> lines = new EnumMap<>(Stream.class);

  StampedStream(LogStream from) {
    this.from = from;
  }

  @Override
  public Optional<LogRecord> next() {
    while (ready.isEmpty()) {
      Optional<LogRecord> next = from.next();
      if (next.isEmpty()) {
        lines.values().forEach(Line::end);
        lines.clear();
        return Optional.ofNullable(ready.poll());
      }
      LogRecord piece = next.get();
      lines.computeIfAbsent(piece.stream(), Line::new).add(piece.bytes());
    }
    return Optional.of(ready.remove());
  }

  @Override
  public void close() {
    from.close();
  }

  private final class Line {
    private final Stream stream;
    private final byte[] stamp = new byte[MAX_STAMP_BYTES];
    private int stampLength;
    private boolean inStamp = true;
    private Instant at = Instant.EPOCH;

    Line(Stream stream) {
      this.stream = stream;
    }

    void add(byte[] bytes) {
      int from = 0;
      while (from < bytes.length) {
        if (inStamp) {
          from = readStamp(bytes, from);
        } else {
          int end = from;
          while (end < bytes.length && bytes[end] != '\n') {
            end++;
          }
          if (end < bytes.length) {
            inStamp = true;
            end++;
          }
          emit(Arrays.copyOfRange(bytes, from, end));
          from = end;
        }
      }
    }

    private int readStamp(byte[] bytes, int from) {
      int i = from;
      while (i < bytes.length && bytes[i] != ' ' && stampLength < MAX_STAMP_BYTES) {
        stamp[stampLength++] = bytes[i++];
      }
      if (i == bytes.length) {
        return i;
      }
      inStamp = false;
      String text = new String(stamp, 0, stampLength, StandardCharsets.ISO_8859_1);
      int length = stampLength;
      stampLength = 0;
      try {
        at = OffsetDateTime.parse(text).toInstant();
        return i + 1;
      } catch (DateTimeException e) {
        // A line without a time: it is told as it is.
        emit(Arrays.copyOf(stamp, length));
        return i;
      }
    }

    private void emit(byte[] bytes) {
      if (bytes.length > 0) {
        ready.add(new LogRecord(at, stream, bytes));
      }
    }

    void end() {
      if (inStamp) {
        emit(Arrays.copyOf(stamp, stampLength));
      }
    }
  }
}
