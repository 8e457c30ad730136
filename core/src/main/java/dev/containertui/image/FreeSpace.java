package dev.containertui.image;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * What a disk says about its free space, and how far that is believed.
 *
 * <p>The figure decides only what is not even begun; the disk itself has the last word with each
 * write. So a figure that does not suffice is asked for again for a while: on disks that are grown,
 * trimmed or given quotas from outside it is zero for moments. And a disk of no size at all, as
 * some network file systems report it, says nothing.
 */
final class FreeSpace {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(200);

  private final LongSupplier totalBytes;
  private final LongSupplier freeBytes;
  private final Duration patience;

  /**
   * @param freeBytes for unprivileged users
   * @param patience how long a figure that does not suffice is asked for again
   */
  FreeSpace(LongSupplier totalBytes, LongSupplier freeBytes, Duration patience) {
    this.totalBytes = totalBytes;
    this.freeBytes = freeBytes;
    this.patience = patience;
  }

  /**
   * Of the disk that a directory is on. Asked by way of {@link File}, which needs no list of
   * mounted disks: not every environment has one.
   */
  static FreeSpace of(Path directory) {
    File file = directory.toFile();
    return new FreeSpace(file::getTotalSpace, file::getUsableSpace, PATIENCE);
  }

  /**
   * Empty if so much fits, or if nobody can tell; else what there is, in bytes.
   *
   * @throws EngineException CANCELLED
   */
  OptionalLong tooLittleFor(long neededBytes) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      long free = freeBytes.getAsLong();
      if (neededBytes <= free || totalBytes.getAsLong() <= 0) {
        return OptionalLong.empty();
      }
      if (neededBytes > totalBytes.getAsLong() || System.nanoTime() - end >= 0) {
        return OptionalLong.of(free);
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EngineException(Kind.CANCELLED, "interrupted while waiting for free space", e);
      }
    }
  }
}
