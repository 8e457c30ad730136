package dev.containertui.container.log;

import dev.containertui.container.LogRecord;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Queue;

/**
 * Puts lines together from what came in pieces; those of more than {@value #MAX_LINE_BYTES} bytes
 * are cut, as Docker's engine does.
 */
final class LineSplitter {
  static final int MAX_LINE_BYTES = 16 << 10;

  private final Part out = new Part(LogRecord.Stream.OUT);
  private final Part err = new Part(LogRecord.Stream.ERR);

  /** The beginning of a line. */
  private static final class Part {
    final LogRecord.Stream stream;
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Instant at;

    Part(LogRecord.Stream stream) {
      this.stream = stream;
    }

    void add(byte next, Instant when, Queue<LogRecord> lines) {
      if (bytes.size() == 0) {
        at = when;
      }
      bytes.write(next);
      if (next == '\n' || bytes.size() == MAX_LINE_BYTES) {
        finish(lines);
      }
    }

    void finish(Queue<LogRecord> lines) {
      if (bytes.size() > 0) {
        lines.add(new LogRecord(at, stream, bytes.toByteArray()));
        bytes.reset();
      }
    }
  }

  /** Takes the next entry; lines that are finished by it go to {@code lines}. */
  void take(Entry entry, Queue<LogRecord> lines) {
    switch (entry.type()) {
      case OUT -> add(out, entry, lines);
      case ERR -> add(err, entry, lines);
      case RUN_BEGIN, RUN_END -> finish(lines);
    }
  }

  private static void add(Part part, Entry entry, Queue<LogRecord> lines) {
    for (byte next : entry.bytes()) {
      part.add(next, entry.at(), lines);
    }
  }

  /** Nothing more comes. */
  void finish(Queue<LogRecord> lines) {
    out.finish(lines);
    err.finish(lines);
  }
}
