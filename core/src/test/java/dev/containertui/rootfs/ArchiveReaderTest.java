package dev.containertui.rootfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveReaderTest {
  private static final UnpackLimits LIMITS = new UnpackLimits(10 << 20, 100);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"cat", "gzip", "bzip2", "xz", "zstd -q"})
  void everyCompressionIsRead(String program) throws IOException {
    byte[] content = new byte[100_000];
    new Random(1).nextBytes(content);
    byte[] archive = compressed(program, new TestTar().directory("a/").file("a/b", content).end());
    try (ArchiveReader reader = reader(archive)) {
      assertEquals("[a]", reader.next().names().toString());
      assertEquals("[a, b]", reader.next().names().toString());
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      reader.content().transferTo(read);
      assertArrayEquals(content, read.toByteArray());
      assertNull(reader.next());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "bzip2", "xz", "zstd -q"})
  void damageIsToldFromAStreamThatBreaks(String program) throws IOException {
    byte[] content = new byte[200_000];
    new Random(1).nextBytes(content);
    byte[] archive = compressed(program, new TestTar().file("b", content).end());
    byte[] damaged = archive.clone();
    Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 2000, (byte) 0x55);
    assertInstanceOf(LayerException.class, failure(new ByteArrayInputStream(damaged)));
    byte[] cut = Arrays.copyOf(archive, archive.length / 2);
    assertInstanceOf(LayerException.class, failure(new ByteArrayInputStream(cut)));
    InputStream breaking =
        new InputStream() {
          private int at;

          @Override
          public int read() throws IOException {
            if (at == archive.length / 2) {
              throw new IOException("connection reset");
            }
            return archive[at++] & 0xff;
          }
        };
    IOException e = failure(breaking);
    assertEquals("connection reset", e.getMessage());
  }

  @Test
  void holesAreZeros() throws IOException {
    Path sparse = directory.resolve("sparse");
    Tools.output("sh", "-c", "truncate -s 1M \"$0\"; echo end >> \"$0\"", sparse.toString());
    Path tar = directory.resolve("sparse.tar");
    Tools.output("tar", "-C", directory.toString(), "-Scf", tar.toString(), "sparse");
    assertTrue(Files.size(tar) < 100_000);
    try (ArchiveReader reader = reader(Files.readAllBytes(tar))) {
      reader.next();
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      reader.content().transferTo(read);
      assertArrayEquals(Files.readAllBytes(sparse), read.toByteArray());
    }
  }

  @Test
  void whatLeadsOutOrIsTooMuchIsRefused() {
    assertRefused(new TestTar().file("../x", "").end(), "'..'");
    assertRefused(new TestTar().hardLink("x", "../../etc/passwd").end(), "'..'");
    TestTar many = new TestTar();
    for (int i = 0; i < 101; i++) {
      many.file("f" + i, "");
    }
    assertRefused(many.end(), "more files than the limit of 100");
    assertRefused(
        TestLayers.gzipped(new TestTar().file("bomb", new byte[11 << 20]).end()),
        "more than the limit of " + (10 << 20));
  }

  private void assertRefused(byte[] archive, String why) {
    LayerException e =
        assertInstanceOf(LayerException.class, failure(new ByteArrayInputStream(archive)));
    assertTrue(e.getMessage().contains(why), e::getMessage);
  }

  private static IOException failure(InputStream archive) {
    return assertThrows(
        IOException.class,
        () -> {
          try (ArchiveReader reader = new ArchiveReader(archive, LIMITS)) {
            while (reader.next() != null) {
              reader.content().transferTo(OutputStream.nullOutputStream());
            }
          }
        });
  }

  private static ArchiveReader reader(byte[] archive) throws IOException {
    return new ArchiveReader(new ByteArrayInputStream(archive), LIMITS);
  }

  private byte[] compressed(String program, byte[] bytes) throws IOException {
    Path plain = Files.write(directory.resolve("plain"), bytes);
    Path packed = directory.resolve("packed");
    Tools.output("sh", "-c", program + " < \"$0\" > \"$1\"", plain.toString(), packed.toString());
    return Files.readAllBytes(packed);
  }
}
