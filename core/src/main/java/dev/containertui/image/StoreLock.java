package dev.containertui.image;

import dev.containertui.error.DiskErrors;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the threads and processes that use one store out of each other's way. All locks are bytes
 * of one file that is never removed, so that nobody can hold a lock on a file that is no longer
 * there:
 *
 * <pre>
 *   byte 0            the index is being changed         exclusive, for moments
 *   byte 1            blobs without a name are in use     shared; exclusive while blobs are removed
 *   byte 2^60 + hash  a blob is being fetched            exclusive, as long as that takes
 * </pre>
 *
 * <p>The operating system's locks are per process, so threads take a Java lock first. The file
 * stays open as long as the process lives: closing any descriptor of a file drops all locks that
 * the process has on it (POSIX, fcntl).
 */
final class StoreLock {
  private static final Map<Path, StoreLock> OPEN = new ConcurrentHashMap<>();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final long INDEX = 0;
  private static final long USE = 1;
  private static final long BLOBS = 1L << 60;

  private final Path file;
  private final FileChannel channel;
  private final ReentrantLock index = new ReentrantLock();
  private final ReentrantLock gate = new ReentrantLock();
  private final Map<Digest, ReentrantLock> blobs = new ConcurrentHashMap<>();
  private int users;
  private FileLock useLock;

  /** A lock that is held. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  private StoreLock(Path file) throws IOException {
    this.file = file;
    channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** The locks of a store; one object per directory in this process. */
  static StoreLock of(Path directory) {
    try {
      Path real = directory.toRealPath();
      StoreLock known = OPEN.get(real);
      if (known != null) {
        return known;
      }
      synchronized (OPEN) {
        if (!OPEN.containsKey(real)) {
          OPEN.put(real, new StoreLock(real.resolve(".lock")));
        }
        return OPEN.get(real);
      }
    } catch (IOException e) {
      throw DiskErrors.of("cannot open the image store", directory, e);
    }
  }

  /** The right to read and replace the index. */
  Held index() {
    acquire(index);
    try {
      FileLock lock = await(INDEX, false);
      return () -> {
        release(lock);
        index.unlock();
      };
    } catch (RuntimeException e) {
      index.unlock();
      throw e;
    }
  }

  /** As long as it is held, no blob is removed, named or not. */
  Held use() {
    acquire(gate);
    try {
      if (users == 0) {
        useLock = await(USE, true);
      }
      users++;
      return this::endUse;
    } finally {
      gate.unlock();
    }
  }

  private void endUse() {
    gate.lock();
    try {
      users--;
      if (users == 0) {
        release(useLock);
      }
    } finally {
      gate.unlock();
    }
  }

  /** The right to remove blobs, if nobody uses any. */
  Optional<Held> trySweep() {
    if (!gate.tryLock()) {
      return Optional.empty();
    }
    Optional<FileLock> lock = users == 0 ? tryLock(USE, false) : Optional.empty();
    if (lock.isEmpty()) {
      gate.unlock();
      return Optional.empty();
    }
    return Optional.of(
        () -> {
          release(lock.get());
          gate.unlock();
        });
  }

  /**
   * The right to fetch a blob. Waits for other threads of this process; if another process fetches
   * the same blob, there is none.
   */
  Optional<Held> tryFetch(Digest digest) {
    ReentrantLock mine = blobs.computeIfAbsent(digest, d -> new ReentrantLock());
    try {
      mine.lockInterruptibly();
    } catch (InterruptedException e) {
      throw cancelled(e);
    }
    long hash = Long.parseUnsignedLong(digest.hex().substring(0, 15), 16);
    Optional<FileLock> lock = tryLock(BLOBS + hash, false);
    if (lock.isEmpty()) {
      unlock(digest, mine);
      return Optional.empty();
    }
    return Optional.of(
        () -> {
          release(lock.get());
          unlock(digest, mine);
        });
  }

  private void unlock(Digest digest, ReentrantLock mine) {
    if (!mine.hasQueuedThreads()) {
      blobs.remove(digest, mine);
    }
    mine.unlock();
  }

  private void acquire(ReentrantLock lock) {
    try {
      if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      throw cancelled(e);
    }
  }

  /**
   * Polls: a blocking lock that is interrupted closes the channel, and with it every other lock.
   */
  private FileLock await(long position, boolean shared) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<FileLock> lock = tryLock(position, shared);
      if (lock.isPresent()) {
        return lock.get();
      }
      if (System.nanoTime() - end > 0) {
        throw busy();
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        throw cancelled(e);
      }
    }
  }

  private Optional<FileLock> tryLock(long position, boolean shared) {
    try {
      return Optional.ofNullable(channel.tryLock(position, 1, shared));
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw DiskErrors.of("cannot lock the image store", file, e);
    }
  }

  private void release(FileLock lock) {
    try {
      lock.release();
    } catch (IOException e) {
      throw DiskErrors.of("cannot unlock the image store", file, e);
    }
  }

  private EngineException busy() {
    return new EngineException(
        Kind.TIMEOUT,
        "the image store " + file.getParent() + " is locked by another program",
        "wait until it has finished, or end it");
  }

  private static EngineException cancelled(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new EngineException(Kind.CANCELLED, "interrupted while waiting for the image store", e);
  }
}
