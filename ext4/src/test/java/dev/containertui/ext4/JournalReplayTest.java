package dev.containertui.ext4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Journals of machines that were killed, written by debugfs or by hand. What e2fsck makes of a copy
 * is what the reader must see in the image itself.
 */
class JournalReplayTest {
  private static final ImagePath FILE = ImagePath.of("/file");
  private static final int FILE_BLOCKS = 6;

  @TempDir Path directory;
  private final Random random = new Random(7);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-b 4096 -O metadata_csum,64bit;jo -c",
        "-b 4096 -O metadata_csum,^64bit;jo -c",
        "-b 4096 -O metadata_csum,^64bit;jo -c -v 2",
        "-b 4096 -O metadata_csum,64bit;jo -c -v 2",
        "-b 1024 -O ^metadata_csum,64bit;jo",
        "-b 2048 -O ^metadata_csum,^64bit;jo"
      })
  void theFileSystemIsReadAsItsReplayedJournalLeavesIt(String how) throws IOException {
    String[] parts = how.split(";");
    Path image = image(parts[0]);
    int blockBytes = Integer.parseInt(parts[0].split(" ")[1]);
    Path once = block("once", blockBytes, false);
    Path twice = block("twice", blockBytes, false);
    Path escaped = block("escaped", blockBytes, true);
    debugfs(
        image,
        parts[1],
        "jw -b " + blockOf(image, 0) + " " + once,
        "jw -b " + blockOf(image, 1) + " " + once,
        "jw -b " + blockOf(image, 1) + " " + twice,
        "jw -b " + blockOf(image, 2) + " " + escaped,
        "jw -b " + blockOf(image, 3) + " " + once,
        "jw -r " + blockOf(image, 3),
        "jw -b " + blockOf(image, 4) + " " + once,
        "jw -r " + blockOf(image, 4),
        "jw -b " + blockOf(image, 4) + " " + twice,
        "jc");
    byte[] before = Files.readAllBytes(image);
    byte[] expected = recovered(image);
    byte[] seen = content(image);
    assertArrayEquals(expected, seen);
    assertArrayEquals(
        Files.readAllBytes(escaped), Arrays.copyOfRange(seen, 2 * blockBytes, 3 * blockBytes));
    assertArrayEquals(
        Files.readAllBytes(twice), Arrays.copyOfRange(seen, 4 * blockBytes, 5 * blockBytes));
    assertArrayEquals(before, Files.readAllBytes(image));
  }

  @Test
  void whatWasNotCommittedIsLeftOut() throws IOException {
    Path image = image("-b 4096 -O metadata_csum");
    Path data = block("data", 4096, false);
    debugfs(
        image,
        "jo -c",
        "jw -b " + blockOf(image, 0) + " " + data,
        "jw -c -b " + blockOf(image, 1) + " " + data,
        "jc");
    byte[] seen = content(image);
    assertArrayEquals(recovered(image), seen);
    assertFalse(Arrays.equals(seen, 0, 4096, seen, 4096, 8192));
  }

  @Test
  void aDamagedTransactionEndsTheLog() throws IOException {
    Path image = image("-b 4096 -O metadata_csum");
    Path data = block("data", 4096, false);
    debugfs(
        image,
        "jo -c",
        "jw -b " + blockOf(image, 0) + " " + data,
        "jw -b " + blockOf(image, 1) + " " + data,
        "jw -b " + blockOf(image, 2) + " " + data,
        "jc");
    byte[] whole = content(image);
    // Journal blocks: 1 descriptor, 2 data, 3 commit, 4 descriptor, …
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.seek(journalBlock(image, 4) * 4096L + 100);
      file.write(99);
    }
    byte[] seen = content(image);
    assertArrayEquals(Arrays.copyOf(whole, 4096), Arrays.copyOf(seen, 4096));
    assertFalse(Arrays.equals(whole, 4096, 8192, seen, 4096, 8192));
    assertFalse(Arrays.equals(whole, 8192, 12288, seen, 8192, 12288));
  }

  /** By hand, since no tool writes such a log: around its end, and numbers around theirs. */
  @Test
  void logAndTransactionNumbersMayWrap() throws IOException {
    Path image = image("-b 1024 -O ^metadata_csum,^64bit,^resize_inode");
    HandMadeLog log = new HandMadeLog(image, 1024, 0xFFFF_FFFE);
    log.startAt(log.blocks() - 5);
    log.transaction(new long[] {blockOf(image, 0), blockOf(image, 1)});
    log.transaction(new long[] {blockOf(image, 1), blockOf(image, 2), blockOf(image, 3)});
    log.revoke(blockOf(image, 3));
    log.commit();
    log.transaction(new long[] {blockOf(image, 4)});
    log.close();
    byte[] old = content(image);
    setNeedsRecovery(image);
    byte[] expected = recovered(image);
    assertFalse(Arrays.equals(old, expected));
    assertArrayEquals(expected, content(image));
    assertArrayEquals(
        Arrays.copyOfRange(old, 3 * 1024, 4 * 1024),
        Arrays.copyOfRange(expected, 3 * 1024, 4 * 1024));
  }

  /** One transaction as long as the journal, that goes on at its own beginning. */
  @Test
  void aLogWithoutEndIsFollowedOnceAround() throws IOException {
    Path image = image("-b 1024 -O ^metadata_csum,^64bit,^resize_inode");
    HandMadeLog log = new HandMadeLog(image, 1024, 1);
    for (int i = 1; i < log.blocks(); i++) {
      log.emptyRevoke();
    }
    log.close();
    byte[] old = content(image);
    setNeedsRecovery(image);
    assertArrayEquals(old, content(image));
  }

  @Test
  void damagedJournalsEndInNothingWorseThanTheirOwnException() throws IOException {
    Path image = image("-b 1024 -O ^metadata_csum,^64bit,^resize_inode");
    HandMadeLog log = new HandMadeLog(image, 1024, 1);
    for (int i = 0; i < 20; i++) {
      log.transaction(new long[] {blockOf(image, i % FILE_BLOCKS), 1, 5, 1000 + i});
      log.revoke(1000 + i);
      log.commit();
    }
    log.close();
    setNeedsRecovery(image);
    long journal = journalBlock(image, 0) * 1024L;
    byte[] healthy = Files.readAllBytes(image);
    int refused = 0;
    for (int round = 0; round < 200; round++) {
      byte[] sick = healthy.clone();
      for (int i = random.nextInt(30); i >= 0; i--) {
        int where = random.nextInt(i % 2 == 0 ? 64 : 60 * 1024);
        sick[(int) journal + where] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
      }
      Files.write(image, sick);
      try (Ext4Reader reader = Ext4Reader.open(image)) {
        reader.list(ImagePath.ROOT);
        try (InputStream in = reader.read(FILE)) {
          in.readAllBytes();
        }
      } catch (Ext4Exception e) {
        refused++;
      }
    }
    assertTrue(refused > 50 && refused < 200, "refused: " + refused);
  }

  @Test
  void aJournalElsewhereIsRefused() throws IOException {
    Path image = directory.resolve("image.ext4");
    try (Ext4Writer writer = Ext4Writer.create(image, Ext4Options.fitted(new UUID(1, 1)))) {
      writer.finish();
    }
    setNeedsRecovery(image);
    assertEquals(
        Ext4Exception.Reason.CORRUPT,
        assertThrows(Ext4Exception.class, () -> Ext4Reader.open(image)).reason());
  }

  private Path image(String options) throws IOException {
    Path source = Files.createDirectory(directory.resolve("source"));
    byte[] data = new byte[FILE_BLOCKS * 4096];
    random.nextBytes(data);
    Files.write(source.resolve("file"), data);
    Path image = directory.resolve("image.ext4");
    String command = "mke2fs -q -t ext4 " + options + " -d " + source + " " + image + " 64M";
    Judges.Result made = Judges.run(command.split(" "));
    assertEquals(0, made.status(), made.output());
    return image;
  }

  private Path block(String name, int blockBytes, boolean magic) throws IOException {
    byte[] data = new byte[blockBytes];
    random.nextBytes(data);
    if (magic) {
      ByteBuffer.wrap(data).putInt(JournalReader.MAGIC);
    }
    return Files.write(directory.resolve(name), data);
  }

  private static long blockOf(Path image, int index) {
    return Long.parseLong(Judges.debugfs(image, "bmap /file " + index).strip());
  }

  private static long journalBlock(Path image, int index) {
    return Long.parseLong(Judges.debugfs(image, "bmap <8> " + index).strip());
  }

  private void debugfs(Path image, String... commands) throws IOException {
    Path script = Files.writeString(directory.resolve("script"), String.join("\n", commands));
    Judges.Result result = Judges.run("debugfs", "-w", "-f", script.toString(), image.toString());
    assertEquals(0, result.status(), result.output());
    assertFalse(result.output().contains("error"), result.output());
  }

  private byte[] recovered(Path image) throws IOException {
    Path copy = Files.copy(image, directory.resolve("recovered.ext4"));
    Judges.Result checked = Judges.run("e2fsck", "-fy", copy.toString());
    assertTrue(checked.status() <= 1, checked.output());
    assertTrue(checked.output().contains("recovering journal"), checked.output());
    Path out = directory.resolve("recovered");
    Judges.debugfs(copy, "dump /file " + out);
    return Files.readAllBytes(out);
  }

  private static byte[] content(Path image) throws IOException {
    try (Ext4Reader reader = Ext4Reader.open(image);
        InputStream in = reader.read(FILE)) {
      return in.readAllBytes();
    }
  }

  private static void setNeedsRecovery(Path image) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.seek(1024 + 0x60);
      int features = file.read();
      file.seek(1024 + 0x60);
      file.write(features | 4);
      byte[] superblock = new byte[1024];
      file.seek(1024);
      file.readFully(superblock);
      int sum = Integer.reverseBytes(MetadataChecksum.ofSuperblock(superblock));
      file.seek(1024 + 0x3FC);
      file.writeInt(sum);
    }
  }

  /** Writes a log without checksums, block by block. */
  private final class HandMadeLog {
    private final Path image;
    private final int blockBytes;
    private final RandomAccessFile file;
    private final long journal;
    private final int blocks;
    private int at = 1;
    private int sequence;
    private boolean pending;

    HandMadeLog(Path image, int blockBytes, int sequence) throws IOException {
      this.image = image;
      this.blockBytes = blockBytes;
      this.sequence = sequence;
      journal = journalBlock(image, 0);
      file = new RandomAccessFile(image.toFile(), "rw");
      file.seek(journal * blockBytes + 16);
      blocks = file.readInt();
      assertEquals(journal + blocks - 1, journalBlock(image, blocks - 1), "it is in one piece");
      file.seek(journal * blockBytes + 24);
      file.writeInt(sequence);
      file.seek(journal * blockBytes + 40);
      file.writeInt(1); // revokes
      startAt(1);
    }

    int blocks() {
      return blocks;
    }

    void startAt(int block) throws IOException {
      at = block;
      file.seek(journal * blockBytes + 28);
      file.writeInt(block);
    }

    /** Overwrites these blocks with noise. The commit of the one before it is written first. */
    void transaction(long[] targets) throws IOException {
      if (pending) {
        commit();
      }
      pending = true;
      ByteBuffer descriptor = header(1);
      for (int i = 0; i < targets.length; i++) {
        boolean last = i == targets.length - 1;
        descriptor.putInt((int) targets[i]).putShort((short) 0);
        descriptor.putShort((short) ((i == 0 ? 0 : 2) | (last ? 8 : 0)));
        if (i == 0) {
          descriptor.position(descriptor.position() + 16); // the journal's UUID
        }
      }
      write(descriptor);
      for (int i = 0; i < targets.length; i++) {
        byte[] noise = new byte[blockBytes];
        random.nextBytes(noise);
        write(ByteBuffer.wrap(noise));
      }
    }

    void revoke(long block) throws IOException {
      commit();
      pending = true;
      write(header(5).putInt(20).putInt((int) block));
    }

    void emptyRevoke() throws IOException {
      write(header(5).putInt(16));
    }

    void commit() throws IOException {
      write(header(2));
      sequence++;
      pending = false;
    }

    void close() throws IOException {
      file.close();
    }

    private ByteBuffer header(int type) {
      return ByteBuffer.allocate(blockBytes)
          .putInt(JournalReader.MAGIC)
          .putInt(type)
          .putInt(sequence);
    }

    private void write(ByteBuffer block) throws IOException {
      file.seek((journal + at) * blockBytes);
      file.write(block.array());
      at = at + 1 == blocks ? 1 : at + 1;
    }
  }
}
