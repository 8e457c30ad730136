package dev.containertui.container.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.LogOptions;
import dev.containertui.container.LogQuery;
import dev.containertui.container.LogRecord;
import dev.containertui.container.LogRecord.Stream;
import dev.containertui.container.LogStream;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.DurableFiles;
import java.io.ByteArrayOutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OutputLogTest {
  private static final LogOptions SMALL = new LogOptions(LogOptions.MIN_SEGMENT_BYTES, 3);

  @TempDir Path home;
  private Path directory;

  @BeforeEach
  void choose() {
    directory = home.resolve("log");
  }

  private OutputLog open() {
    return OutputLog.open(directory, LogOptions.DEFAULT);
  }

  private static void append(OutputLog log, Stream stream, String text) {
    byte[] bytes = text.getBytes();
    log.append(stream, bytes, 0, bytes.length);
  }

  private static List<LogRecord> all(LogStream stream) {
    List<LogRecord> records = new ArrayList<>();
    try (stream) {
      for (Optional<LogRecord> r = stream.next(); r.isPresent(); r = stream.next()) {
        records.add(r.get());
      }
    }
    return records;
  }

  private static String text(LogStream stream) {
    StringBuilder text = new StringBuilder();
    for (LogRecord record : all(stream)) {
      text.append(record.stream() == Stream.OUT ? "" : "!").append(new String(record.bytes()));
    }
    return text.toString();
  }

  private static LogQuery query(boolean follow, long tail) {
    return new LogQuery(
        true,
        true,
        follow,
        Optional.empty(),
        Optional.empty(),
        tail < 0 ? OptionalLong.empty() : OptionalLong.of(tail));
  }

  @Test
  void givesLinesInTheOrderInWhichTheyWereFinished() {
    try (OutputLog log = open()) {
      log.beginRun();
      append(log, Stream.OUT, "on");
      append(log, Stream.ERR, "bad\n");
      append(log, Stream.OUT, "e\ntwo\nthr");
      assertEquals("!bad\none\ntwo\nthr", text(log.read(LogQuery.everything())));
    }
  }

  @Test
  void nothingIsMadeBeforeTheFirstEntry() {
    try (OutputLog log = open()) {
      assertEquals("", text(log.read(query(true, -1))));
      assertFalse(Files.exists(directory));
    }
  }

  @Test
  void knowsAfterAReopeningWhatTheLastRunHasWritten() {
    try (OutputLog log = open()) {
      log.beginRun();
      append(log, Stream.OUT, "before");
      log.endRun();
      log.beginRun();
      append(log, Stream.OUT, "12345");
      append(log, Stream.ERR, "123");
    }
    try (OutputLog log = open()) {
      assertTrue(log.isOpenRun());
      assertEquals(5, log.received(Stream.OUT));
      assertEquals(3, log.received(Stream.ERR));
      append(log, Stream.OUT, "6");
      assertEquals(6, log.received(Stream.OUT));
      log.endRun();
    }
    try (OutputLog log = open()) {
      assertFalse(log.isOpenRun());
    }
  }

  @Test
  void cutsOffWhatWasNotWrittenToItsEnd() throws Exception {
    try (OutputLog log = open()) {
      log.beginRun();
      append(log, Stream.OUT, "first\n");
      append(log, Stream.OUT, "second\n");
    }
    Path file = directory.resolve("00000001.log");
    long whole = Files.size(file);
    for (long cut = whole - 1; cut >= whole - 7 - Entry.HEADER_BYTES; cut--) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(cut);
      }
      try (OutputLog log = open()) {
        assertEquals(6, log.received(Stream.OUT), "cut to " + cut);
        assertEquals("first\n", text(log.read(LogQuery.everything())));
      }
    }
    try (OutputLog log = open()) {
      append(log, Stream.OUT, "third\n");
      assertEquals("first\nthird\n", text(log.read(LogQuery.everything())));
    }
  }

  @Test
  void zeroesAtTheEndAreNoEntries() throws Exception {
    try (OutputLog log = open()) {
      append(log, Stream.OUT, "kept\n");
    }
    Path file = directory.resolve("00000001.log");
    Files.write(file, new byte[5000], StandardOpenOption.APPEND);
    try (OutputLog log = open()) {
      append(log, Stream.OUT, "new\n");
      assertEquals("kept\nnew\n", text(log.read(LogQuery.everything())));
    }
  }

  @Test
  void movesADamagedLogAside() throws Exception {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("00000001.log"), "this is no log, but it is long enough");
    try (OutputLog log = open()) {
      append(log, Stream.OUT, "new\n");
      assertEquals("new\n", text(log.read(LogQuery.everything())));
    }
    assertTrue(Files.exists(home.resolve("log.damaged/00000001.log")));
  }

  @Test
  void keepsSoManySegmentsAndTheNewestLines() {
    try (OutputLog log = OutputLog.open(directory, SMALL)) {
      log.beginRun();
      for (int i = 0; i < 40_000; i++) {
        append(log, Stream.OUT, "line " + i + "\n");
      }
      assertEquals(3, Segments.list(directory).size());
      List<LogRecord> kept = all(log.read(LogQuery.everything()));
      assertEquals("line 39999\n", new String(kept.getLast().bytes()));
      int first = Integer.parseInt(new String(kept.getFirst().bytes()).strip().substring(5));
      assertEquals(40_000 - first, kept.size());
      assertTrue(log.received(Stream.OUT) > 400_000);
    }
  }

  @Test
  void rotationKeepsCountOfTheRun() {
    long written;
    try (OutputLog log = OutputLog.open(directory, SMALL)) {
      log.beginRun();
      for (int i = 0; i < 30_000; i++) {
        append(log, Stream.ERR, "line " + i + "\n");
      }
      written = log.received(Stream.ERR);
    }
    try (OutputLog log = OutputLog.open(directory, SMALL)) {
      assertEquals(written, log.received(Stream.ERR));
      assertTrue(log.isOpenRun());
    }
  }

  @Test
  void tailCountsLinesOfTheStreamsThatAreAskedFor() {
    try (OutputLog log = open()) {
      log.beginRun();
      append(log, Stream.OUT, "1\n2\n");
      append(log, Stream.ERR, "a\nb\n");
      append(log, Stream.OUT, "3\nrest");
      assertEquals("!b\n3\nrest", text(log.read(query(false, 3))));
      assertEquals("", text(log.read(query(false, 0))));
      LogQuery out =
          new LogQuery(true, false, false, Optional.empty(), Optional.empty(), OptionalLong.of(3));
      assertEquals("2\n3\nrest", text(log.read(out)));
    }
  }

  @Test
  void theLastLinesAreThoseAtTheTimeOfAskingHoweverTheLogGoesOn() {
    try (OutputLog log = OutputLog.open(directory, SMALL)) {
      log.beginRun();
      append(log, Stream.OUT, "first\nsecond\n");
      String line = "x".repeat(100) + "\n";
      try (LogStream last = log.read(query(false, 1));
          LogStream following = log.read(query(true, 1))) {
        for (long i = 0; i < 5 * LogOptions.MIN_SEGMENT_BYTES; i += line.length()) {
          append(log, Stream.OUT, line);
        }
        assertEquals("second\n", text(last));
        assertEquals("second\n", new String(following.next().orElseThrow().bytes()));
      }
    }
  }

  @Test
  void timesBoundWhatIsShown() throws Exception {
    try (OutputLog log = open()) {
      log.beginRun();
      append(log, Stream.OUT, "early\n");
      Thread.sleep(5);
      Instant middle = Instant.now();
      Thread.sleep(5);
      append(log, Stream.OUT, "late\n");
      var since =
          new LogQuery(
              true, true, false, Optional.of(middle), Optional.empty(), OptionalLong.empty());
      var until =
          new LogQuery(
              true, true, true, Optional.empty(), Optional.of(middle), OptionalLong.empty());
      assertEquals("late\n", text(log.read(since)));
      assertEquals("early\n", text(log.read(until)));
    }
  }

  @Test
  void followsToTheEndOfTheRun() throws Exception {
    try (OutputLog log = open()) {
      log.beginRun();
      append(log, Stream.OUT, "1\n2\n");
      LogStream stream = log.read(query(true, 1));
      CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> text(stream));
      append(log, Stream.OUT, "3\n4");
      log.endRun();
      String text = read.get(20, TimeUnit.SECONDS);
      assertEquals("2\n3\n4", text);
    }
  }

  @Test
  void closingEndsWhoFollows() throws Exception {
    try (OutputLog log = open()) {
      log.beginRun();
      LogStream stream = log.read(query(true, -1));
      LogStream attached = log.attach(false);
      CompletableFuture<Integer> both =
          CompletableFuture.supplyAsync(() -> all(stream).size() + all(attached).size());
      Thread.sleep(50);
      stream.close();
      Thread.sleep(50);
      attached.close();
      assertEquals(0, both.get(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void anAttachedClientGetsEveryByteOfTheNextRunAndNoMore() throws Exception {
    try (OutputLog log = OutputLog.open(directory, SMALL)) {
      log.beginRun();
      append(log, Stream.OUT, "old\n");
      log.endRun();
      LogStream stream = log.attach(false);
      CompletableFuture<List<LogRecord>> read = CompletableFuture.supplyAsync(() -> all(stream));
      byte[] sent = new byte[20 << 20];
      new Random(7).nextBytes(sent);
      log.beginRun();
      for (int at = 0; at < sent.length; at += 50_000) {
        log.append(Stream.OUT, sent, at, Math.min(50_000, sent.length - at));
      }
      log.endRun();
      log.beginRun();
      append(log, Stream.OUT, "another run");
      var bytes = new ByteArrayOutputStream();
      for (LogRecord record : read.get(30, TimeUnit.SECONDS)) {
        bytes.write(record.bytes());
      }
      assertArrayEquals(sent, bytes.toByteArray());
    }
  }

  @Test
  void theWriterWaitsForAnAttachedClientThatLagsBehind() throws Exception {
    try (OutputLog log = OutputLog.open(directory, SMALL)) {
      log.beginRun();
      LogStream stream = log.attach(false);
      var written = new AtomicLong();
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    byte[] piece = new byte[64 << 10];
                    for (int i = 0; i < 256; i++) {
                      log.append(Stream.OUT, piece, 0, piece.length);
                      written.addAndGet(piece.length);
                    }
                    log.endRun();
                  });
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (writer.getState() != Thread.State.WAITING && System.nanoTime() < deadline) {
        Thread.sleep(10);
      }
      assertTrue(written.get() < OutputLog.MAX_LAG_BYTES + (256 << 10), "" + written.get());
      long read = 0;
      for (LogRecord record : all(stream)) {
        read += record.bytes().length;
      }
      assertEquals(256L * (64 << 10), read);
      assertEquals(3, Segments.list(directory).size(), "nobody needs the old ones any more");
    }
  }

  @Test
  void aClientThatStallsHoldsUpNoRunButItsOwn() throws Exception {
    try (OutputLog log = open()) {
      log.beginRun();
      LogStream stalled = log.attach(false);
      append(log, Stream.OUT, "first run");
      log.endRun();
      log.beginRun();
      log.append(Stream.OUT, new byte[9 << 20], 0, 9 << 20);
      log.endRun();
      assertEquals(9 << 20, log.received(Stream.OUT));
      long read = 0;
      for (LogRecord record : all(stalled)) {
        read += record.bytes().length;
      }
      assertEquals("first run".length(), read, "and it loses nothing of its own");
    }
  }

  @Test
  void aClientThatCameBeforeTheRunHoldsItUp() throws Exception {
    try (OutputLog log = open()) {
      log.beginRun();
      log.endRun();
      LogStream stream = log.attach(false);
      log.beginRun();
      Thread writer =
          Thread.ofVirtual().start(() -> log.append(Stream.OUT, new byte[9 << 20], 0, 9 << 20));
      while (writer.getState() != Thread.State.WAITING) {
        Thread.sleep(10);
      }
      stream.close();
      assertTrue(writer.join(Duration.ofSeconds(20)));
    }
  }

  @Test
  void aClientThatGoesLetsTheWriterGoOn() throws Exception {
    try (OutputLog log = open()) {
      log.beginRun();
      LogStream stream = log.attach(false);
      Thread writer =
          Thread.ofVirtual().start(() -> log.append(Stream.OUT, new byte[9 << 20], 0, 9 << 20));
      while (writer.getState() != Thread.State.WAITING) {
        Thread.sleep(10);
      }
      stream.close();
      assertTrue(writer.join(Duration.ofSeconds(20)));
      assertEquals(9 << 20, log.received(Stream.OUT));
    }
  }

  @Test
  void aWaitingWriterCanBeCancelled() throws Exception {
    try (OutputLog log = open()) {
      log.beginRun();
      try (LogStream _ = log.attach(false)) {
        var failure = new CompletableFuture<EngineException>();
        Thread writer =
            Thread.ofVirtual()
                .start(
                    () ->
                        failure.complete(
                            assertThrows(
                                EngineException.class,
                                () -> log.append(Stream.OUT, new byte[9 << 20], 0, 9 << 20))));
        while (writer.getState() != Thread.State.WAITING) {
          Thread.sleep(10);
        }
        writer.interrupt();
        assertEquals(Kind.CANCELLED, failure.get(20, TimeUnit.SECONDS).kind());
      }
    }
  }

  @Test
  void aReplayBeginsWithTheRunThatGoesOn() throws Exception {
    try (OutputLog log = open()) {
      log.beginRun();
      append(log, Stream.OUT, "old");
      log.endRun();
      log.beginRun();
      append(log, Stream.OUT, "now ");
    }
    try (OutputLog log = open()) {
      LogStream replay = log.attach(true);
      append(log, Stream.OUT, "and then");
      log.endRun();
      assertEquals("now and then", text(replay));
      assertEquals("now and then", text(log.attach(true)));
    }
  }

  @Test
  void aStartThatFailsEndsWhoWasAttachedToIt() {
    try (OutputLog log = open()) {
      LogStream waiting = log.attach(false);
      log.endRun();
      assertEquals("", text(waiting));
    }
  }

  @Test
  void othersReadWhatIsThere() {
    try (OutputLog log = open()) {
      log.beginRun();
      append(log, Stream.OUT, "there");
      assertEquals("there", text(OutputLog.read(directory, query(true, -1))));
    }
  }

  @Test
  void aWriterInAHurryWaitsForNobodyAndNobodyLosesAnything() throws Exception {
    try (OutputLog log = OutputLog.open(directory, SMALL)) {
      log.beginRun();
      LogStream stream = log.attach(false);
      byte[] piece = new byte[64 << 10];
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < 128; i++) {
                      log.append(Stream.OUT, piece, 0, piece.length);
                    }
                  });
      assertFalse(writer.join(Duration.ofMillis(500)), "it waits");
      log.hurry();
      writer.join();
      log.endRun();
      assertFalse(log.awaitDetached(Duration.ofMillis(50)), "a reader is there");
      long read = 0;
      for (LogRecord record : all(stream)) {
        read += record.bytes().length;
      }
      assertEquals(128L * piece.length, read);
      assertTrue(log.awaitDetached(Duration.ZERO));
    }
  }

  @Test
  void whoCameAfterTheLastRunIsNotWaitedFor() throws Exception {
    try (OutputLog log = open()) {
      log.beginRun();
      append(log, Stream.OUT, "read by nobody");
      log.endRun();
      LogStream late = log.attach(false);
      assertTrue(log.awaitDetached(Duration.ZERO));
      LogStream replayed = log.attach(true);
      assertFalse(log.awaitDetached(Duration.ZERO), "that one has the run to read");
      assertEquals(1, all(replayed).size());
      assertTrue(log.awaitDetached(Duration.ZERO));
      late.close();
    }
  }

  @Test
  void readersEndWhenTheLogIsRemoved() throws Exception {
    LogStream stream;
    try (OutputLog log = open()) {
      log.beginRun();
      append(log, Stream.OUT, "gone");
      stream = log.attach(true);
      log.endRun();
      DurableFiles.deleteTree(directory);
    }
    assertEquals(List.of(), all(stream));
  }
}
