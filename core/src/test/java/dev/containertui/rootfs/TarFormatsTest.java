package dev.containertui.rootfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.containertui.ext4.Ext4Reader;
import dev.containertui.ext4.ImagePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives as GNU tar and Commons Compress write them. */
class TarFormatsTest {
  private static final String MANIFEST = TestLayers.digest(new byte[] {4});

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--format=gnu",
        "--format=posix",
        "--format=gnu --sparse",
        "--format=posix --sparse --sparse-version=0.0",
        "--format=posix --sparse --sparse-version=0.1",
        "--format=posix --sparse --sparse-version=1.0"
      })
  void longNamesAndSparseFilesOfGnuTar(String options) throws IOException {
    Path source = Files.createDirectory(directory.resolve("source"));
    Path folder = Files.createDirectories(source.resolve("folder-".repeat(20) + "/sub"));
    Files.writeString(folder.resolve("n".repeat(200)), "long");
    Files.createSymbolicLink(source.resolve("link"), Path.of("t".repeat(300)));
    try (RandomAccessFile sparse = new RandomAccessFile(source.resolve("sparse").toFile(), "rw")) {
      // More pieces than the four that fit into a header of the old format, and a hole at the end.
      for (int i = 0; i < 40; i++) {
        sparse.seek(i * 300_000L);
        sparse.write(("piece " + i).getBytes());
      }
      sparse.setLength(13_000_000);
    }
    Path tar = directory.resolve("tree.tar");
    String command = "tar -C " + source + " " + options + " -cf " + tar + " .";
    Tools.output(command.split(" "));
    Path image = prepare(TestLayers.gzip(Files.readAllBytes(tar)));
    Tools.assertClean(image);
    try (Ext4Reader reader = Ext4Reader.open(image)) {
      String path = "/" + "folder-".repeat(20) + "/sub/" + "n".repeat(200);
      assertArrayEquals("long".getBytes(), read(reader, path));
      assertArrayEquals(Files.readAllBytes(source.resolve("sparse")), read(reader, "/sparse"));
      byte[] target = reader.stat(ImagePath.of("/link")).orElseThrow().linkTarget();
      assertEquals("t".repeat(300), new String(target));
    }
  }

  @Test
  void largeNumbersAndPaxNamesOfCommonsCompress() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      TarArchiveEntry entry = new TarArchiveEntry("ünï/" + "x".repeat(150));
      entry.setSize(3);
      entry.setUserId(3_000_000_000L);
      entry.addPaxHeader("LIBARCHIVE.xattr.user.a", "AQL/");
      tar.putArchiveEntry(entry);
      tar.write(new byte[] {1, 2, 3});
      tar.closeArchiveEntry();
    }
    Path image = prepare(TestLayers.zstd(bytes.toByteArray()));
    Tools.assertClean(image);
    try (Ext4Reader reader = Ext4Reader.open(image)) {
      String path = "/ünï/" + "x".repeat(150);
      assertArrayEquals(new byte[] {1, 2, 3}, read(reader, path));
      var attributes = reader.stat(ImagePath.of(path)).orElseThrow().attributes();
      assertEquals(3_000_000_000L, attributes.uid());
      assertArrayEquals(new byte[] {1, 2, -1}, attributes.xattrs().get("user.a"));
    }
  }

  private Path prepare(LayerSource layer) {
    return new RootFilesystems(directory.resolve("rootfs"))
        .prepare(MANIFEST, List.of(layer), UnpackProgress.NONE);
  }

  private static byte[] read(Ext4Reader reader, String path) throws IOException {
    try (InputStream in = reader.read(ImagePath.of(path))) {
      return in.readAllBytes();
    }
  }
}
