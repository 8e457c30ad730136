package dev.containertui.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.Tool;
import dev.containertui.host.SparseFiles.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judged by what the file system itself says about its blocks. */
class SparseFilesTest {
  private static final int BLOCK = 64 << 10;
  private static final long GIBIBYTE = 1L << 30;
  private static final long MAX_BYTES = 16 << 20;

  @TempDir Path directory;

  private Path file(long size, long... dataOffsets) throws IOException {
    Path file = directory.resolve("file");
    SparseFiles.create(file, size);
    for (long offset : dataOffsets) {
      write(file, offset, block(offset));
    }
    return file;
  }

  private static List<Extent> extents(Path file) throws IOException {
    return SparseFiles.extents(file, MAX_BYTES);
  }

  private static byte[] block(long seed) {
    byte[] data = new byte[BLOCK];
    new Random(seed).nextBytes(data);
    return data;
  }

  private static void write(Path file, long offset, byte[] data) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(data), offset);
    }
  }

  private static int crc(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return (int) crc.getValue();
  }

  private static long allocatedBytes(Path file) {
    return 512 * Long.parseLong(Tool.run("stat", "-c", "%b", file.toString()).strip());
  }

  @Test
  void copiesAFileThatNobodyHasReadBefore() throws IOException {
    Path file = file(64 * GIBIBYTE, 0, GIBIBYTE, 40 * GIBIBYTE);
    Path copy = directory.resolve("copy");
    SparseFiles.copy(file, copy);
    assertEquals(64 * GIBIBYTE, Files.size(copy));
    assertEquals(extents(file), extents(copy));
    assertTrue(allocatedBytes(copy) <= allocatedBytes(file) + BLOCK);
    assertThrows(FileAlreadyExistsException.class, () -> SparseFiles.copy(file, copy));
  }

  @Test
  void findsTheDataBetweenTheHolesWithItsChecksums() throws IOException {
    Path file = file(64 * GIBIBYTE, 0, GIBIBYTE, 40 * GIBIBYTE);
    List<Extent> extents = extents(file);
    assertEquals(
        List.of(
            new Extent(0, BLOCK, crc(block(0))),
            new Extent(GIBIBYTE, BLOCK, crc(block(GIBIBYTE))),
            new Extent(40 * GIBIBYTE, BLOCK, crc(block(40 * GIBIBYTE)))),
        extents.subList(0, 3));
    // The last byte, which gives the file its length.
    assertEquals(4, extents.size());
    assertEquals(64 * GIBIBYTE, extents.get(3).offset() + extents.get(3).length());
  }

  @Test
  void oneChangedBitIsAnotherChecksum() throws IOException {
    Path file = file(GIBIBYTE, 5 * BLOCK);
    List<Extent> before = extents(file);
    byte[] data = block(5 * BLOCK);
    data[BLOCK - 1] ^= 1;
    write(file, 5 * BLOCK, data);
    List<Extent> after = extents(file);
    assertEquals(before.get(0).offset(), after.get(0).offset());
    assertNotEquals(before.get(0).crc32c(), after.get(0).crc32c());
    assertEquals(before.subList(1, before.size()), after.subList(1, after.size()));
  }

  @Test
  void dataLongerThanTheBufferIsReadToItsEnd() throws IOException {
    Path file = directory.resolve("long");
    byte[] data = new byte[(5 << 20) + 1234];
    new Random(1).nextBytes(data);
    Files.write(file, data);
    assertEquals(List.of(new Extent(0, data.length, crc(data))), extents(file));
  }

  /** A file system that does not tell holes from data says that all is data. */
  @Test
  void aFileThatIsAllDataIsNotReadToItsEnd() throws IOException {
    Path file = directory.resolve("data");
    Files.write(file, new byte[BLOCK]);
    assertThrows(IOException.class, () -> SparseFiles.extents(file, BLOCK - 1));
    assertEquals(1, SparseFiles.extents(file, BLOCK).size());
  }

  @Test
  void anEmptyFileHasNoData() throws IOException {
    assertEquals(List.of(), extents(Files.createFile(directory.resolve("empty"))));
  }

  @Test
  void aHoleAtTheEndIsNoData() throws IOException {
    Path file = file(BLOCK);
    Tool.run("truncate", "-s", "10G", file.toString());
    List<Extent> extents = extents(file);
    assertEquals(1, extents.size(), extents::toString);
  }

  @Test
  void aCopyIsEqualAndTakesNoMoreThanTheData() throws IOException {
    Path file = file(64 * GIBIBYTE, 3 * BLOCK, 2 * GIBIBYTE);
    Path copy = directory.resolve("copy");
    SparseFiles.copy(file, extents(file), copy);
    assertEquals(Files.size(file), Files.size(copy));
    assertEquals(extents(file), extents(copy));
    assertTrue(allocatedBytes(copy) <= 4 * BLOCK, () -> "" + allocatedBytes(copy));
  }

  @Test
  void aCopyOfAFileThatEndsWithAHoleHasItsLength() throws IOException {
    Path file = file(BLOCK);
    Tool.run("truncate", "-s", "3G", file.toString());
    Path copy = directory.resolve("copy");
    SparseFiles.copy(file, extents(file), copy);
    assertEquals(3 * GIBIBYTE, Files.size(copy));
  }

  @Test
  void aCopyReplacesNothing() throws IOException {
    Path file = file(GIBIBYTE, 0);
    Path there = Files.writeString(directory.resolve("there"), "mine");
    List<Extent> extents = extents(file);
    assertThrows(FileAlreadyExistsException.class, () -> SparseFiles.copy(file, extents, there));
    assertEquals("mine", Files.readString(there));
  }

  @Test
  void aFileThatGotShorterCannotBeCopied() throws IOException {
    Path file = file(GIBIBYTE, 0, GIBIBYTE / 2);
    List<Extent> extents = extents(file);
    Tool.run("truncate", "-s", "1M", file.toString());
    assertThrows(
        IOException.class, () -> SparseFiles.copy(file, extents, directory.resolve("copy")));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path none = directory.resolve("none");
    IOException e = assertThrows(IOException.class, () -> extents(none));
    assertTrue(e.getMessage().contains(none.toString()), e::getMessage);
  }
}
