package dev.containertui.ext4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ext4ReaderTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {"-b 4096", "-b 1024", "-b 2048 -O ^metadata_csum,^64bit", "-I 128 -b 4096"})
  void imagesOfMke2fsAreReadHashedDirectoriesIncluded(String options) throws IOException {
    Path source = Files.createDirectory(directory.resolve("source"));
    byte[] content = new byte[500_000];
    new Random(1).nextBytes(content);
    Files.write(source.resolve("content"), content);
    Path many = Files.createDirectory(source.resolve("many"));
    for (int i = 0; i < 1500; i++) {
      Files.createFile(many.resolve("a-name-of-some-length-" + i));
    }
    Files.createSymbolicLink(source.resolve("short"), Path.of("many/x"));
    Files.createSymbolicLink(source.resolve("long"), Path.of("y".repeat(200)));
    Path image = directory.resolve("image.ext4");
    String command =
        "mke2fs -q -t ext4 -N 4000 " + options + " -d " + source + " " + image + " 64M";
    assertEquals(0, Judges.run(command.split(" ")).status());
    // -D builds hash trees; status 1: the file system was changed.
    assertTrue(Judges.run("e2fsck", "-fyD", image.toString()).status() <= 1);
    assertTrue(Judges.debugfs(image, "htree_dump /many").contains("Root node dump"));
    try (Ext4Reader reader = Ext4Reader.open(image)) {
      assertEquals(1500, reader.list(ImagePath.of("/many")).size());
      try (InputStream in = reader.read(ImagePath.of("/content"))) {
        assertArrayEquals(content, in.readAllBytes());
      }
      Stat link = reader.stat(ImagePath.of("/long")).orElseThrow();
      assertEquals("y".repeat(200), new String(link.linkTarget()));
      assertEquals(
          "many/x", new String(reader.stat(ImagePath.of("/short")).orElseThrow().linkTarget()));
    }
  }

  @Test
  void whatIsNoExt4ImageIsRefused() throws IOException {
    Path image = directory.resolve("image");
    Files.write(image, new byte[100]);
    assertCorrupt(image);
    Files.write(image, new byte[100_000]);
    assertCorrupt(image);
  }

  @Test
  void anExtentTreeThatContainsItselfIsRefused() throws IOException {
    Path image = directory.resolve("image");
    byte[] data = new byte[4096];
    new Random(1).nextBytes(data);
    ImagePath path = ImagePath.of("/crumbs");
    try (Ext4Writer writer = Ext4Writer.create(image, Ext4Options.fitted(new UUID(1, 1)))) {
      try (FileSink sink = writer.openFile(path, Attributes.of(0644), 0)) {
        for (int i = 0; i < 100; i++) {
          sink.write(data, 0, data.length);
          sink.skip(16 * 4096);
        }
      }
      writer.finish();
    }
    byte[] bytes = Files.readAllBytes(image);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int leaf = -1;
    for (int at = 4096; at < bytes.length; at += 4096) {
      if ((buffer.getShort(at) & 0xffff) == 0xF30A && buffer.getShort(at + 2) == 100) {
        leaf = at;
      }
    }
    assertTrue(leaf > 0);
    // The leaf claims to be an index whose only child is itself.
    buffer.putShort(leaf + 2, (short) 1).putShort(leaf + 6, (short) 1);
    buffer.putInt(leaf + 12, 0).putInt(leaf + 16, leaf / 4096).putInt(leaf + 20, 0);
    Files.write(image, bytes);
    try (Ext4Reader reader = Ext4Reader.open(image)) {
      Ext4Exception e = assertThrows(Ext4Exception.class, () -> reader.read(path));
      assertEquals(Ext4Exception.Reason.CORRUPT, e.reason());
    }
  }

  @Test
  void damagedImagesEndInNothingWorseThanTheirOwnException() throws IOException {
    Path image = directory.resolve("image.ext4");
    try (Ext4Writer writer = Ext4Writer.create(image, Ext4Options.fitted(new UUID(1, 1)))) {
      new RandomTree(3).grow(writer, 60);
      writer.finish();
    }
    Random random = new Random(99);
    int refused = 0;
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      for (int round = 0; round < 300; round++) {
        Map<Long, Integer> healthy = new HashMap<>();
        for (int i = 1 + random.nextInt(200); i > 0; i--) {
          // Metadata: the head of the image, or the tables and directories at its end.
          long where =
              random.nextBoolean()
                  ? 1024 + random.nextInt(8192 - 1024)
                  : file.length() - 1 - random.nextInt(40_000);
          file.seek(where);
          healthy.putIfAbsent(where, file.read());
          file.seek(where);
          file.write(random.nextInt(4) == 0 ? 0xff : random.nextInt(256));
        }
        try (Ext4Reader reader = Ext4Reader.open(image)) {
          walk(reader);
        } catch (Ext4Exception e) {
          refused++;
        }
        for (Map.Entry<Long, Integer> wound : healthy.entrySet()) {
          file.seek(wound.getKey());
          file.write(wound.getValue());
        }
      }
    }
    assertTrue(refused > 100, "only " + refused + " refused: the damage hits nothing");
  }

  /** Visits every inode once. */
  private static void walk(Ext4Reader reader) throws IOException {
    Set<Long> seen = new HashSet<>();
    Deque<ImagePath> pending = new ArrayDeque<>();
    pending.push(ImagePath.ROOT);
    while (!pending.isEmpty()) {
      ImagePath path = pending.pop();
      Stat stat = reader.stat(path).orElseThrow();
      if (!seen.add(stat.inode())) {
        continue;
      }
      if (stat.type() == FileType.DIRECTORY) {
        reader.list(path).forEach(name -> pending.push(path.resolve(name)));
      } else if (stat.type() == FileType.FILE) {
        try (InputStream in = reader.read(path)) {
          in.readNBytes(10_000_000);
        }
      }
    }
  }

  private static void assertCorrupt(Path image) {
    Ext4Exception e = assertThrows(Ext4Exception.class, () -> Ext4Reader.open(image));
    assertEquals(Ext4Exception.Reason.CORRUPT, e.reason());
  }
}
