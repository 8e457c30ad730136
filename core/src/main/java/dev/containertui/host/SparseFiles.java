package dev.containertui.host;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Files with holes: where their data lies, and what can be done with that alone (Linux). */
public final class SparseFiles {
  /** lseek(2). */
  private static final int SEEK_DATA = 3;

  private static final int SEEK_HOLE = 4;

  private static final int READ_ONLY = 0;
  private static final int CLOSE_ON_EXEC = 02000000;

  private static final int BUFFER_BYTES = 1 << 20;

  private SparseFiles() {}

  /**
   * A run of bytes that the file system has stored.
   *
   * @param crc32c of these bytes
   */
  public record Extent(long offset, long length, int crc32c) {}

  /**
   * The data of a file in ascending order, read from its start to its end.
   *
   * @param maxBytes the most data that there can be
   * @throws IOException also if there is more: some file systems say that all of a file is data
   */
  public static List<Extent> extents(Path file, long maxBytes) throws IOException {
    List<long[]> runs = runs(file);
    if (runs.stream().mapToLong(run -> run[1]).sum() > maxBytes) {
      throw new IOException(file + " has no holes on this file system");
    }
    List<Extent> extents = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (long[] run : runs) {
        extents.add(new Extent(run[0], run[1], checksum(channel, run[0], run[1])));
      }
    }
    return extents;
  }

  private static int checksum(FileChannel channel, long offset, long length) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(Math.toIntExact(Math.clamp(length, 1, BUFFER_BYTES)));
    forEachPiece(channel, offset, length, buffer, (at, piece) -> crc.update(piece));
    return (int) crc.getValue();
  }

  /**
   * Makes a copy of a file that takes no more room than its data.
   *
   * @param extents of the file; their checksums are not looked at
   * @param to must not exist
   */
  public static void copy(Path from, List<Extent> extents, Path to) throws IOException {
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long size = in.size();
      ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
      for (Extent extent : extents) {
        forEachPiece(
            in,
            extent.offset(),
            extent.length(),
            buffer,
            (at, piece) -> {
              for (long position = at; piece.hasRemaining(); ) {
                position += out.write(piece, position);
              }
            });
      }
      if (out.size() < size) {
        setLength(out, size);
      }
    }
  }

  /**
   * The same without having read it before; shares the data with {@code from} where the file system
   * can.
   *
   * @param to must not exist
   */
  public static void copy(Path from, Path to) throws IOException {
    List<long[]> runs = runs(from);
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long size = in.size();
      for (long[] run : runs) {
        out.position(run[0]);
        long end = Math.min(size, run[0] + run[1]);
        for (long at = run[0]; at < end; ) {
          long count = in.transferTo(at, end - at, out);
          if (count <= 0) {
            throw new EOFException("shorter than its data");
          }
          at += count;
        }
      }
      if (out.size() < size) {
        setLength(out, size);
      }
    }
  }

  /** Makes a file that is one hole. */
  public static void create(Path file, long size) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      setLength(channel, size);
    }
  }

  private static void setLength(FileChannel channel, long size) throws IOException {
    channel.write(ByteBuffer.allocate(1), size - 1);
  }

  private interface Piece {
    void take(long offset, ByteBuffer bytes) throws IOException;
  }

  private static void forEachPiece(
      FileChannel channel, long offset, long length, ByteBuffer buffer, Piece piece)
      throws IOException {
    long end = offset + length;
    for (long at = offset; at < end; ) {
      buffer.clear().limit(Math.toIntExact(Math.min(buffer.capacity(), end - at)));
      int count = channel.read(buffer, at);
      if (count < 0) {
        throw new EOFException("shorter than its data");
      }
      piece.take(at, buffer.flip());
      at += count;
    }
  }

  /** Offset and length of each run of data. */
  private static List<long[]> runs(Path file) throws IOException {
    List<long[]> runs = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      int descriptor =
          (int) C.OPEN.invoke(arena.allocateFrom(file.toString()), READ_ONLY | CLOSE_ON_EXEC);
      if (descriptor < 0) {
        throw new IOException(file + " cannot be opened");
      }
      try {
        // -1 for ENXIO: nothing but a hole to the end.
        for (long data = 0; (data = (long) C.LSEEK.invoke(descriptor, data, SEEK_DATA)) >= 0; ) {
          long hole = (long) C.LSEEK.invoke(descriptor, data, SEEK_HOLE);
          if (hole <= data) {
            throw new IOException("the holes of " + file + " cannot be found");
          }
          runs.add(new long[] {data, hole - data});
          data = hole;
        }
      } finally {
        int ignored = (int) C.CLOSE.invoke(descriptor);
      }
      return runs;
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Functions of the C library that Java has no equivalent of. */
  private static final class C {
    static final MethodHandle OPEN =
        CLibrary.function(
            "open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    static final MethodHandle LSEEK =
        CLibrary.function(
            "lseek",
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT));
    static final MethodHandle CLOSE =
        CLibrary.function(
            "close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }
}
