package dev.containertui.volume;

import dev.containertui.error.DiskErrors;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.ext4.Attributes;
import dev.containertui.ext4.Ext4Exception;
import dev.containertui.ext4.Ext4Options;
import dev.containertui.ext4.Ext4Writer;
import dev.containertui.ext4.ImagePath;
import dev.containertui.vm.VmSpec;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;

/**
 * The disk of a volume. Its file system has the volume's size, with a journal, and in its root
 * {@code lost+found} and {@code data}, which is what containers see. The image has the size of a
 * machine's bay, whatever the volume's: a clone does not see that a disk is of another size than
 * its template's.
 */
public final class VolumeDisk {
  /** Room for a journal, without which a machine that dies leaves a damaged file system. */
  public static final long MIN_BYTES = 16L << 20;

  /** As large as the bay. */
  public static final long MAX_BYTES = VmSpec.Drive.BYTES;

  private static final ImagePath DATA = ImagePath.of("/data");
  private static final long BLOCK_BYTES = 4096;
  private static final long JOURNAL_PART = 64;
  private static final long MIN_JOURNAL_BYTES = 4L << 20;
  private static final long MAX_JOURNAL_BYTES = 128L << 20;

  /** QEMU's locks on an image: a byte for each thing that it does, then one for each it forbids. */
  private static final long LOCK_START = 100;

  private static final long LOCK_BYTES = 200;

  /** The first of them is for consistent reads, the second for writes. */
  private static final long WRITE_LOCK = LOCK_START + 1;

  private static final int SUPERBLOCK = 1024;
  private static final int MOUNT_COUNT = 0x34;
  private static final int MAGIC = 0x38;
  private static final int INCOMPATIBLE = 0x60;
  private static final int EXT4_MAGIC = 0xEF53;
  private static final int NEEDS_RECOVERY = 0x4;

  private VolumeDisk() {}

  /**
   * @return {@code bytes} as a whole number of blocks
   * @throws EngineException INVALID if no volume has this size
   */
  static long checkedSize(long bytes) {
    if (bytes < MIN_BYTES || bytes > MAX_BYTES) {
      throw new EngineException(
          Kind.INVALID,
          "a volume has " + (MIN_BYTES >> 20) + " MiB to " + (MAX_BYTES >> 40) + " TiB",
          "choose a size between these, for example 10g");
    }
    return (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
  }

  /**
   * Makes an empty one.
   *
   * @param image must not exist
   */
  static void create(Path image, long sizeBytes) {
    long journal = Math.clamp(sizeBytes / JOURNAL_PART, MIN_JOURNAL_BYTES, MAX_JOURNAL_BYTES);
    journal -= journal % BLOCK_BYTES;
    var options = new Ext4Options(sizeBytes, UUID.randomUUID(), "", journal, true);
    try (Ext4Writer writer = Ext4Writer.create(image, options)) {
      writer.directory(DATA, Attributes.of(0755).withModified(Instant.now()));
      writer.finish();
    } catch (Ext4Exception e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "the disk of a volume cannot be made: " + e.getMessage(), e);
    }
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(VmSpec.Drive.BYTES);
      file.getFD().sync();
    } catch (IOException e) {
      throw DiskErrors.of("cannot make the disk of a volume", image, e);
    }
  }

  /**
   * Whether a machine has it, whoever started that: its locks are asked, by one thread at a time,
   * because those of this process's threads are not told apart.
   *
   * @param writing whether any use counts; else only one that may write
   */
  public static synchronized boolean isInUse(Path image, boolean writing) {
    try (FileChannel channel =
            FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock =
            writing
                ? channel.tryLock(LOCK_START, LOCK_BYTES, false)
                : channel.tryLock(WRITE_LOCK, 1, false)) {
      return lock == null;
    } catch (IOException e) {
      throw DiskErrors.of("cannot open the disk of a volume", image, e);
    }
  }

  /**
   * Whether it can be read without being written to: it was mounted before, so that it has got what
   * the first container's image had, and it was unmounted cleanly, so that its journal is empty.
   */
  public static boolean isSettled(Path image) {
    ByteBuffer block = ByteBuffer.allocate(SUPERBLOCK).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
      while (block.hasRemaining()) {
        if (channel.read(block, SUPERBLOCK + block.position()) < 0) {
          throw new EOFException("it is cut off");
        }
      }
    } catch (IOException e) {
      throw DiskErrors.of("cannot read the disk of a volume", image, e);
    }
    return (block.getShort(MAGIC) & 0xffff) == EXT4_MAGIC
        && block.getShort(MOUNT_COUNT) != 0
        && (block.getInt(INCOMPATIBLE) & NEEDS_RECOVERY) == 0;
  }
}
