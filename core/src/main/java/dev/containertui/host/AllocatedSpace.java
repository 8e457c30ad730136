package dev.containertui.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** How much of a disk files take: holes count nothing. */
public final class AllocatedSpace {
  private AllocatedSpace() {}

  /**
   * Bytes that the file system has given to a file; its length where the system does not tell. 0 if
   * it does not exist.
   */
  public static long bytes(Path file) throws IOException {
    long blocks = Statx.blocks(file);
    if (blocks >= 0) {
      return blocks * Statx.BLOCK_BYTES;
    }
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /**
   * Bytes of all files in a directory and below; 0 if it does not exist. Links are not followed.
   */
  public static long bytesBelow(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return 0;
    }
    long[] sum = {0};
    Files.walkFileTree(
        directory.toRealPath(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              sum[0] += bytes(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // It has been removed meanwhile.
            }
            throw e;
          }
        });
    return sum[0];
  }

  /** statx(2), which Java has no equivalent of. */
  private static final class Statx {
    /** Of {@code stx_blocks}, whatever the file system's own blocks are. */
    static final int BLOCK_BYTES = 512;

    /** {@code struct statx} has 256 bytes; at 48 there is {@code stx_blocks}. */
    private static final int STRUCT_BYTES = 256;

    private static final int BLOCKS_OFFSET = 48;
    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int STATX_BLOCKS = 0x400;

    private static final Optional<MethodHandle> FUNCTION =
        CLibrary.find(
            "statx",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS));

    /** −1 if it cannot be told. */
    static long blocks(Path file) {
      if (FUNCTION.isEmpty()) {
        return -1;
      }
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment answer = arena.allocate(STRUCT_BYTES, Long.BYTES);
        int result =
            (int)
                FUNCTION
                    .get()
                    .invoke(
                        AT_FDCWD,
                        arena.allocateFrom(file.toString()),
                        AT_SYMLINK_NOFOLLOW,
                        STATX_BLOCKS,
                        answer);
        return result == 0 ? answer.get(ValueLayout.JAVA_LONG, BLOCKS_OFFSET) : -1;
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
  }
}
