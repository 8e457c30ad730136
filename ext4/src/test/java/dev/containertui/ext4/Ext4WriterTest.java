package dev.containertui.ext4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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

  @Test
  void aFileLivesUntilItsLastNameIsRemoved() throws IOException {
    byte[] content = new byte[100_000];
    new Random(2).nextBytes(content);
    try (Ext4Writer writer = Ext4Writer.create(image(), Ext4Options.fitted(ID))) {
      writer.file(ImagePath.of("/first"), PLAIN, new ByteArrayInputStream(content));
      writer.hardLink(ImagePath.of("/second"), ImagePath.of("/first"));
      writer.hardLink(ImagePath.of("/third"), ImagePath.of("/first"));
      writer.remove(ImagePath.of("/first"));
      writer.file(ImagePath.of("/other"), PLAIN, new ByteArrayInputStream(new byte[] {1}));
      assertEquals(2, writer.stat(ImagePath.of("/third")).orElseThrow().links());
      writer.finish();
    }
    Judges.assertClean(image());
    Path dump = directory.resolve("dump");
    Judges.debugfs(image(), "dump /second " + dump);
    assertArrayEquals(content, Files.readAllBytes(dump));
  }

  @Test
  void aNameCanBeLinkedToTheFileThatItAlreadyIs() throws IOException {
    try (Ext4Writer writer = Ext4Writer.create(image(), Ext4Options.fitted(ID))) {
      writer.file(ImagePath.of("/a"), PLAIN, new ByteArrayInputStream(new byte[5000]));
      writer.hardLink(ImagePath.of("/b"), ImagePath.of("/a"));
      writer.hardLink(ImagePath.of("/b"), ImagePath.of("/a"));
      assertEquals(2, writer.stat(ImagePath.of("/a")).orElseThrow().links());
      writer.finish();
    }
    Judges.assertClean(image());
  }

  @Test
  void removedFilesMakeRoomForLaterOnes() throws IOException {
    byte[] content = new byte[8 << 20];
    new Random(3).nextBytes(content);
    try (Ext4Writer writer = Ext4Writer.create(image(), Ext4Options.fitted(ID))) {
      for (int i = 0; i < 8; i++) {
        try (FileSink sink = writer.openFile(ImagePath.of("/file"), PLAIN, content.length)) {
          sink.write(content, 0, content.length);
        }
      }
      assertTrue(writer.finish() < 10 << 20);
    }
    Judges.assertClean(image());
  }

  @Test
  void aFileOf150MibSpansExtentsOfTheLargestLength() throws IOException {
    byte[] part = new byte[1 << 20];
    new Random(4).nextBytes(part);
    try (Ext4Writer writer = Ext4Writer.create(image(), Ext4Options.fitted(ID))) {
      try (FileSink sink = writer.openFile(ImagePath.of("/big"), PLAIN, 0)) {
        for (int i = 0; i < 150; i++) {
          sink.write(part, 0, part.length);
        }
      }
      writer.finish();
    }
    Judges.assertClean(image());
    assertTrue(Judges.debugfs(image(), "ex /big").contains("0 - 32767"));
  }

  @Test
  void fragmentedFilesGetDeepExtentTrees() throws IOException {
    byte[] data = new byte[4096];
    new Random(5).nextBytes(data);
    try (Ext4Writer writer = Ext4Writer.create(image(), Ext4Options.fitted(ID))) {
      // 1500 separate extents need more than 4 leaves of 340: a tree of depth 2.
      try (FileSink sink = writer.openFile(ImagePath.of("/crumbs"), PLAIN, 0)) {
        for (int i = 0; i < 1500; i++) {
          sink.write(data, 0, data.length);
          sink.skip(16 * 4096);
        }
      }
      try (FileSink sink = writer.openFile(ImagePath.of("/vast"), PLAIN, 0)) {
        sink.skip(15L << 40);
        sink.write(7);
      }
      writer.finish();
    }
    Judges.assertClean(image());
    assertTrue(Judges.debugfs(image(), "ex /crumbs").contains(" 0/ 2"));
    assertTrue(Judges.debugfs(image(), "stat /vast").contains("Size: 16492674416641"));
    try (Ext4Reader reader = Ext4Reader.open(image());
        InputStream in = reader.read(ImagePath.of("/crumbs"))) {
      for (int i = 0; i < 1500; i++) {
        assertArrayEquals(data, in.readNBytes(4096));
        in.skipNBytes(16 * 4096);
      }
      assertEquals(-1, in.read());
    }
  }

  @Test
  void aDirectoryHoldsTensOfThousandsOfFiles() throws IOException {
    try (Ext4Writer writer = Ext4Writer.create(image(), Ext4Options.fitted(ID))) {
      for (int i = 0; i < 40_000; i++) {
        writer.symlink(ImagePath.of("/file-with-a-longer-name-" + i), PLAIN, bytes("target"));
      }
      writer.finish();
    }
    Judges.assertClean(image());
  }

  @Test
  void aDirectoryHoldsMoreSubdirectoriesThanALinkCountCounts() {
    try (Ext4Writer writer = Ext4Writer.create(image(), Ext4Options.fitted(ID))) {
      for (int i = 0; i < 65_100; i++) {
        writer.directory(ImagePath.of("/" + i), FOLDER);
      }
      writer.finish();
    }
    Judges.assertClean(image());
    assertTrue(Judges.debugfs(image(), "stat /").contains("Links: 1 "));
  }

  @Test
  void treesMayBeThousandsDeep() {
    try (Ext4Writer writer = Ext4Writer.create(image(), Ext4Options.fitted(ID))) {
      ImagePath path = ImagePath.ROOT;
      for (int i = 0; i < 3000; i++) {
        path = path.resolve(FileName.of("d"));
        writer.directory(path, FOLDER);
      }
      writer.directory(ImagePath.of("/gone"), FOLDER);
      writer.finish();
    }
    Judges.assertClean(image());
  }

  @Test
  void extendedAttributesAreWhatOtherToolsRead() throws IOException {
    byte[] capability = HexFormat.of().parseHex("0100000200f4ffff00000000ff00000000000000");
    // getxattr(2) gives 0xffffffff for ids that mean nothing, debugfs gives 0.
    byte[] acl =
        HexFormat.of()
            .parseHex(
                "02000000"
                    + "0100060000000000"
                    + "02000400e8030000"
                    + "0400040000000000"
                    + "1000060000000000"
                    + "2000040000000000");
    Attributes attributes =
        PLAIN.withXattrs(
            Map.of(
                "security.capability",
                capability,
                "system.posix_acl_access",
                acl,
                "user.empty",
                new byte[0],
                "trusted.large",
                new byte[3000]));
    try (Ext4Writer writer = Ext4Writer.create(image(), Ext4Options.fitted(ID))) {
      writer.file(ImagePath.of("/f"), attributes, new ByteArrayInputStream(new byte[] {1}));
      writer.finish();
    }
    Judges.assertClean(image());
    Path value = directory.resolve("value");
    Judges.debugfs(image(), "ea_get -f " + value + " /f security.capability");
    assertArrayEquals(capability, Files.readAllBytes(value));
    Judges.debugfs(image(), "ea_get -f " + value + " /f system.posix_acl_access");
    assertArrayEquals(acl, Files.readAllBytes(value));
    assertTrue(Judges.debugfs(image(), "ea_list /f").contains("trusted.large (3000)"));
  }

  @Test
  void attributesThatFitNowhereAreRefused() {
    try (Ext4Writer writer = Ext4Writer.create(image(), Ext4Options.fitted(ID))) {
      assertReason(
          Ext4Exception.Reason.LIMIT,
          () ->
              writer.directory(
                  ImagePath.of("/a"), FOLDER.withXattrs(Map.of("user.x", new byte[4096]))));
      assertReason(
          Ext4Exception.Reason.INVALID,
          () ->
              writer.directory(
                  ImagePath.of("/a"), FOLDER.withXattrs(Map.of("apple.x", new byte[1]))));
    }
  }

  @Test
  void aDiskThatIsTooSmallIsRefused() {
    try (Ext4Writer writer = Ext4Writer.create(image(), Ext4Options.writable(1 << 20, ID))) {
      byte[] content = new byte[2 << 20];
      Arrays.fill(content, (byte) 1);
      assertReason(
          Ext4Exception.Reason.LIMIT,
          () -> writer.file(ImagePath.of("/a"), PLAIN, new ByteArrayInputStream(content)));
    }
  }

  @Test
  void aFileWhoseSourceFailsDoesNotExist() throws IOException {
    InputStream failing =
        new InputStream() {
          private int left = 3_000_000;

          @Override
          public int read() throws IOException {
            if (left == 0) {
              throw new IOException("cut");
            }
            return left-- & 0xff;
          }
        };
    try (Ext4Writer writer = Ext4Writer.create(image(), Ext4Options.fitted(ID))) {
      assertThrows(IOException.class, () -> writer.file(ImagePath.of("/a"), PLAIN, failing));
      assertTrue(writer.stat(ImagePath.of("/a")).isEmpty());
      writer.finish();
    }
    Judges.assertClean(image());
  }

  @Test
  void hardLinksToNothingDirectoriesAndThemselvesAreRefused() throws IOException {
    try (Ext4Writer writer = Ext4Writer.create(image(), Ext4Options.fitted(ID))) {
      writer.directory(ImagePath.of("/d"), FOLDER);
      writer.file(ImagePath.of("/d/f"), PLAIN, new ByteArrayInputStream(new byte[1]));
      assertReason(Ext4Exception.Reason.NOT_FOUND, () -> link(writer, "/x", "/nothing"));
      assertReason(Ext4Exception.Reason.IS_A_DIRECTORY, () -> link(writer, "/x", "/d"));
      assertReason(Ext4Exception.Reason.INVALID, () -> link(writer, "/d/f", "/d/f"));
      assertReason(Ext4Exception.Reason.INVALID, () -> link(writer, "/d", "/d/f"));
      assertReason(Ext4Exception.Reason.NOT_A_DIRECTORY, () -> link(writer, "/d/f/x", "/d/f"));
      writer.finish();
    }
    Judges.assertClean(image());
  }

  private static void link(Ext4Writer writer, String name, String target) {
    writer.hardLink(ImagePath.of(name), ImagePath.of(target));
  }

  private static void assertReason(Ext4Exception.Reason reason, Executable action) {
    assertEquals(reason, assertThrows(Ext4Exception.class, action).reason());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
