package dev.containertui.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeSpaceTest {
  private static final long DISK = 1L << 40;
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void aDiskThatIsFullForAMomentOnlyIsAskedAgain() {
    Iterator<Long> figures = List.of(0L, 5L, 77L << 30).iterator();
    assertEquals(
        OptionalLong.empty(),
        new FreeSpace(() -> DISK, figures::next, LONG).tooLittleFor(1L << 30));
  }

  @Test
  void aDiskThatStaysFullIsReportedWithItsLastFigure() {
    assertEquals(
        OptionalLong.of(7),
        new FreeSpace(() -> DISK, () -> 7, Duration.ofMillis(300)).tooLittleFor(8));
  }

  @Test
  void whatIsLargerThanTheDiskIsRefusedAtOnce() {
    assertEquals(
        OptionalLong.of(7),
        new FreeSpace(() -> 10, List.of(7L).iterator()::next, LONG).tooLittleFor(11));
  }

  @Test
  void aDiskThatTellsNothingRefusesNothing() {
    assertEquals(OptionalLong.empty(), new FreeSpace(() -> 0, () -> 0, LONG).tooLittleFor(8));
  }

  @Test
  void waitingCanBeCancelled() {
    Thread.currentThread().interrupt();
    EngineException e =
        assertThrows(
            EngineException.class, () -> new FreeSpace(() -> DISK, () -> 0, LONG).tooLittleFor(8));
    assertTrue(Thread.interrupted());
    assertEquals(Kind.CANCELLED, e.kind());
  }

  @Test
  void aRealDiskHasRoomForAByte(@TempDir Path directory) {
    assertEquals(OptionalLong.empty(), FreeSpace.of(directory).tooLittleFor(1));
    assertTrue(FreeSpace.of(directory).tooLittleFor(Long.MAX_VALUE).isPresent());
  }
}
