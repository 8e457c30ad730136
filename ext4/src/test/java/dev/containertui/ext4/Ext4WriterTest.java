package dev.containertui.ext4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Ext4WriterTest {
  private static final UUID ID = new UUID(0x0123456789abcdefL, 0x8edcba9876543210L);
  private static final Attributes PLAIN = Attributes.of(0644);
  private static final Attributes FOLDER = Attributes.of(0755);

  @TempDir Path directory;

  private Path image() {
    return directory.resolve("image.ext4");
  }

  @Test
  void anEmptyFittedImageIsClean() {
    try (Ext4Writer writer = Ext4Writer.create(image(), Ext4Options.fitted(ID))) {
      writer.finish();
    }
    Judges.assertClean(image());
  }

  @Test
  void aFileHasTheBytesThatWereWritten() throws IOException {
    byte[] content = new byte[3_000_001];
    new Random(1).nextBytes(content);
    try (Ext4Writer writer = Ext4Writer.create(image(), Ext4Options.fitted(ID))) {
      writer.directory(ImagePath.of("/a"), FOLDER);
      writer.file(ImagePath.of("/a/b"), PLAIN, new ByteArrayInputStream(content));
      writer.file(ImagePath.of("/empty"), PLAIN, new ByteArrayInputStream(new byte[0]));
      writer.finish();
    }
    Judges.assertClean(image());
    Path dump = directory.resolve("dump");
    Judges.debugfs(image(), "dump /a/b " + dump);
    assertArrayEquals(content, Files.readAllBytes(dump));
  }

  @Test
  void everyFileTypeIsClean() throws IOException {
    try (Ext4Writer writer = Ext4Writer.create(image(), Ext4Options.fitted(ID))) {
      writer.symlink(ImagePath.of("/short"), PLAIN, bytes("a/b"));
      writer.symlink(ImagePath.of("/59"), PLAIN, bytes("x".repeat(59)));
      writer.symlink(ImagePath.of("/60"), PLAIN, bytes("x".repeat(60)));
      writer.symlink(ImagePath.of("/4095"), PLAIN, bytes("x".repeat(4095)));
      writer.special(ImagePath.of("/null"), PLAIN, FileType.CHARACTER_DEVICE, 1, 3);
      writer.special(ImagePath.of("/big"), PLAIN, FileType.BLOCK_DEVICE, 259, 70000);
      writer.special(ImagePath.of("/fifo"), PLAIN, FileType.FIFO, 0, 0);
      writer.special(ImagePath.of("/socket"), PLAIN, FileType.SOCKET, 0, 0);
      writer.finish();
    }
    Judges.assertClean(image());
    assertTrue(Judges.debugfs(image(), "stat /short").contains("Fast link dest: \"a/b\""));
    assertTrue(Judges.debugfs(image(), "stat /null").contains("Device major/minor number: 01:03"));
    assertTrue(
        Judges.debugfs(image(), "stat /big").contains("Device major/minor number: 259:70000"));
  }

  @Test
  void aWritableDiskOf64GibIsCleanAndTakesLittleSpace() throws IOException {
    try (Ext4Writer writer = Ext4Writer.create(image(), Ext4Options.writable(64L << 30, ID))) {
      writer.directory(ImagePath.of("/upper"), FOLDER);
      writer.directory(ImagePath.of("/work"), FOLDER);
      writer.finish();
    }
    Judges.assertClean(image());
    assertEquals(64L << 30, Files.size(image()));
    long blocks =
        Long.parseLong(Judges.run("stat", "-c", "%b", image().toString()).output().strip());
    assertTrue(blocks * 512 < 512 << 10, blocks + " sectors");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
