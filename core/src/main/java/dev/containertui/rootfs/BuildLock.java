package dev.containertui.rootfs;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that holds for one thread of one process. File locks belong to the whole Java process, so
 * threads queue for an ordinary lock first. The lock file stays: removing it would let a third
 * process lock a new one while a second waits for the old.
 */
final class BuildLock implements AutoCloseable {
  /** Longer than the largest image takes on a slow machine. */
  private static final Duration DEADLINE = Duration.ofMinutes(60);

  private static final long POLL_MILLIS = 50;
  private static final ConcurrentMap<Path, ReentrantLock> OF_THREADS = new ConcurrentHashMap<>();

  private final ReentrantLock ofThreads;
  private final FileChannel channel;

  private BuildLock(ReentrantLock ofThreads, FileChannel channel) {
    this.ofThreads = ofThreads;
    this.channel = channel;
  }

  /**
   * Waits for the lock.
   *
   * @throws EngineException CANCELLED if interrupted, TIMEOUT after an hour
   */
  static BuildLock acquire(Path file) throws IOException {
    long end = System.nanoTime() + DEADLINE.toNanos();
    ReentrantLock ofThreads =
        OF_THREADS.computeIfAbsent(file.toAbsolutePath().normalize(), f -> new ReentrantLock());
    FileChannel channel = null;
    boolean acquired = false;
    try {
      if (!ofThreads.tryLock(DEADLINE.toNanos(), TimeUnit.NANOSECONDS)) {
        throw timeout(file);
      }
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      while (lock == null) {
        if (System.nanoTime() > end) {
          throw timeout(file);
        }
        Thread.sleep(POLL_MILLIS);
        lock = channel.tryLock();
      }
      acquired = true;
      return new BuildLock(ofThreads, channel);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "waiting for another unpacking was interrupted", e);
    } finally {
      if (!acquired) {
        release(ofThreads, channel);
      }
    }
  }

  @Override
  public void close() throws IOException {
    release(ofThreads, channel);
  }

  private static void release(ReentrantLock ofThreads, FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      if (ofThreads.isHeldByCurrentThread()) {
        ofThreads.unlock();
      }
    }
  }

  private static EngineException timeout(Path file) {
    return new EngineException(
        Kind.TIMEOUT,
        "another process has been unpacking the same image for too long",
        "the lock is " + file);
  }
}
