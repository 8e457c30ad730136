package dev.containertui.kernel;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Long work in a directory by one process at a time: under a lock file, with a place for what is
 * half done that goes away in the end, also after a crash.
 */
final class ExclusiveWork {
  /** Begins the name of whatever is half done, directly below the directory. */
  static final String PREFIX = ".work-";

  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private ExclusiveWork() {}

  /** What is done. */
  interface Work<T> {
    /**
     * @param workDirectory empty; deleted afterwards
     */
    T run(Path workDirectory) throws IOException;
  }

  /**
   * Works.
   *
   * @param directory is made if absent
   * @param busy what to say if another process, or another thread of this one, works there
   * @param patience how long to wait for that one
   * @throws EngineException CONFLICT if it still works then, EXHAUSTED on a full disk, UNAVAILABLE
   *     if the directory cannot be written to, CANCELLED
   */
  static <T> T in(Path directory, String busy, Duration patience, Work<T> work) {
    try {
      DurableFiles.createPrivate(directory);
      try (var channel =
              FileChannel.open(
                  directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = lock(channel, patience)) {
        if (lock == null) {
          throw new EngineException(Kind.CONFLICT, busy, "wait until it is done");
        }
        removeLeftovers(directory);
        Path workDirectory = Files.createTempDirectory(directory, PREFIX);
        try {
          return work.run(workDirectory);
        } finally {
          DurableFiles.deleteTree(workDirectory);
        }
      }
    } catch (IOException e) {
      boolean full = String.valueOf(e.getMessage()).contains("No space left");
      throw new EngineException(
          full ? Kind.EXHAUSTED : Kind.UNAVAILABLE,
          "the kernel cannot be written to " + directory + ": " + e.getMessage(),
          full ? "free some disk space" : "",
          e);
    }
  }

  /** Empty handed if there is no lock to be had in that time. */
  private static FileLock lock(FileChannel channel, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    FileLock lock = tryLock(channel);
    try {
      while (lock == null && System.nanoTime() < deadline) {
        Thread.sleep(POLL_INTERVAL);
        lock = tryLock(channel);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "waiting for another kernel was cancelled", e);
    }
    return lock;
  }

  /** Empty handed if another process, or another thread of this one, has the lock. */
  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** What a killed process left behind; the lock is held, so nobody works on it. */
  private static void removeLeftovers(Path directory) throws IOException {
    try (var entries = Files.newDirectoryStream(directory, ".{kernel,work}-*")) {
      for (Path entry : entries) {
        DurableFiles.deleteTree(entry);
      }
    }
  }
}
