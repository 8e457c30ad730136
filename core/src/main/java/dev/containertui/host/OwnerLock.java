package dev.containertui.host;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The mark of the process that something belongs to, a running container for example: a lock on a
 * file, which the operating system takes away when the process ends, however it ends.
 */
public final class OwnerLock implements AutoCloseable {
  /**
   * What this process holds. The system's locks are the process's, not the channel's: closing any
   * other channel on the same file would give them up. So a file that is locked here is never
   * opened a second time here.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private OwnerLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the lock, unless somebody has it. */
  public static Optional<OwnerLock> tryTake(Path file) {
    Path key = file.toAbsolutePath().normalize();
    if (!HELD_HERE.add(key)) {
      return Optional.empty();
    }
    boolean taken = false;
    try {
      FileChannel channel =
          FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        taken = lock != null;
      } finally {
        if (!taken) {
          channel.close();
        }
      }
      return taken ? Optional.of(new OwnerLock(key, channel)) : Optional.empty();
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "cannot lock " + file + ": " + e.getMessage(), e);
    } finally {
      if (!taken) {
        HELD_HERE.remove(key);
      }
    }
  }

  @Override
  public void close() {
    try {
      // The file stays: somebody may have opened it already, and would lock what nobody else sees.
      channel.close();
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "cannot unlock " + file + ": " + e, e);
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
