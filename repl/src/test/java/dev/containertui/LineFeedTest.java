package dev.containertui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.containertui.container.LogRecord;
import dev.containertui.container.LogRecord.Stream;
import dev.containertui.container.LogStream;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LineFeedTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Gives out what it is filled with; an empty record is the end, a null text a failure. */
  private static final class Source implements LogStream {
    private final BlockingQueue<Optional<LogRecord>> records = new LinkedBlockingQueue<>();
    private int seconds;

    Source add(Stream stream, String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      records.add(Optional.of(new LogRecord(START.plusSeconds(seconds++), stream, bytes)));
      return this;
    }

    Source end() {
      records.add(Optional.empty());
      return this;
    }

    @Override
    public Optional<LogRecord> next() {
      try {
        return records.take();
      } catch (InterruptedException e) {
        throw new EngineException(Kind.CANCELLED, "cancelled");
      }
    }

    @Override
    public void close() {
      end();
    }
  }

  private static List<LogLine> all(LineFeed feed) {
    List<LogLine> lines = new ArrayList<>();
    feed.forEach(lines::add);
    return lines;
  }

  @Test
  void piecesBecomeLinesOfTheirStream() {
    Source source =
        new Source()
            .add(Stream.OUT, "o")
            .add(Stream.ERR, "err\n")
            .add(Stream.OUT, "ne\r\ntwo\n\nla")
            .add(Stream.OUT, "st")
            .end();
    List<LogLine> lines = all(new LineFeed("web", source, line -> true));
    assertEquals(
        List.of(
            new LogLine(START.plusSeconds(1), "err", "err"),
            new LogLine(START, "out", "one"),
            new LogLine(START.plusSeconds(2), "out", "two"),
            new LogLine(START.plusSeconds(2), "out", ""),
            new LogLine(START.plusSeconds(2), "out", "last")),
        lines);
  }

  @Test
  void aLineWithoutEndComesInPieces() {
    Source source = new Source().add(Stream.OUT, "x".repeat(150_000)).end();
    List<Integer> lengths =
        all(new LineFeed("web", source, line -> true)).stream()
            .map(l -> l.text().length())
            .toList();
    assertEquals(List.of(65536, 65536, 150_000 - 2 * 65536), lengths);
  }

  @Test
  void onlyWhatIsWantedComesAndClosingEndsTheWait() throws Exception {
    Source source = new Source().add(Stream.OUT, "a\nb\n");
    LineFeed feed = new LineFeed("web", source, line -> line.text().equals("b"));
    assertEquals("b", feed.next().orElseThrow().text());
    assertEquals(Optional.empty(), feed.next(Duration.ofMillis(50)));
    Thread closer = Thread.ofPlatform().start(feed::close);
    assertEquals(Optional.empty(), feed.next());
    closer.join();
  }

  @Test
  void whatDoesNotComeIsNamed() {
    LineFeed feed = new LineFeed("web", new Source().end(), line -> true);
    EngineException e =
        assertThrows(EngineException.class, () -> feed.await(line -> true, Duration.ofSeconds(5)));
    assertEquals(Kind.TIMEOUT, e.kind());
    assertEquals(true, e.getMessage().contains("the log of web"), e.getMessage());
  }
}
