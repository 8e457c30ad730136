package dev.containertui.rootfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers that no honest tool makes: refused with one line, and nothing is left behind. */
class HostileLayerTest {
  private static final String MANIFEST = TestLayers.digest(new byte[] {1});
  private static final byte[] NOTHING = {};

  @TempDir Path directory;

  @Test
  void aNameThatClimbsIsRefused() throws IOException {
    for (String name : List.of("../x", "a/../../x", "a/../b", "..", "/../x", "a/..")) {
      assertCorrupt(new TestTar().file(name, "x").end(), "'..' in a name");
    }
  }

  @Test
  void namesOfNothingAndNamesTooLongAreRefused() throws IOException {
    assertCorrupt(new TestTar().file("", "x").end(), "without a name");
    assertCorrupt(
        new TestTar().pax("path", "n".repeat(256)).file("x", "x").end(), "1 to 255 bytes");
    assertCorrupt(new TestTar().pax("path", "n/".repeat(2048) + "x").file("x", "x").end(), "4096");
    assertCorrupt(new TestTar().pax("path", "a\0b").file("x", "x").end(), "NUL");
  }

  @Test
  void hardLinksThatLeadNowhereAreRefused() throws IOException {
    assertCorrupt(new TestTar().hardLink("a", "b").end(), "does not exist");
    assertCorrupt(new TestTar().hardLink("a", "a").end(), "does not exist");
    assertCorrupt(new TestTar().hardLink("a", "b").file("b", "later").end(), "does not exist");
    assertCorrupt(new TestTar().hardLink("a", "../../etc/passwd").end(), "'..' in a name");
    assertCorrupt(new TestTar().directory("d").hardLink("a", "d").end(), "a directory");
    assertCorrupt(new TestTar().file("f", "x").hardLink("f", "f").end(), "its own target");
    assertCorrupt(new TestTar().file("f", "x").hardLink("a", "/").end(), "does not exist");
    assertCorrupt(new TestTar().hardLink("a", "").end(), "without a name");
  }

  @Test
  void parentsThatAreNoDirectoriesAreRefused() throws IOException {
    assertCorrupt(
        new TestTar().file("f", "x").file("f/x", "x").end(), "/f, which is not a directory");
    assertCorrupt(
        new TestTar().symlink("a", "b").symlink("b", "a").file("a/x", "x").end(),
        "too many symbolic links");
  }

  @Test
  void theRootStaysADirectory() throws IOException {
    assertCorrupt(new TestTar().symlink("./", "/tmp").end(), "the root is replaced");
    assertCorrupt(new TestTar().file("/", "x").end(), "the root is replaced");
  }

  @Test
  void whiteoutsOfNothingAndOfDotsAreRefused() throws IOException {
    assertCorrupt(new TestTar().file(".wh.", "").end(), "a whiteout of nothing");
    assertCorrupt(new TestTar().file("a/.wh..", "").directory("a").file(".wh..", "").end(), "");
  }

  @Test
  void aWrongDigestIsRefused() throws IOException {
    byte[] tar = new TestTar().file("a", "a").end();
    byte[] other = new TestTar().file("a", "b").end();
    assertRefused(
        TestLayers.layer(tar, TestLayers.TAR, TestLayers.digest(other)), Kind.CORRUPT, "digest");
    // What follows the end mark counts too.
    byte[] longer = Arrays.copyOf(tar, tar.length + 100);
    longer[longer.length - 1] = 1;
    assertRefused(
        TestLayers.layer(longer, TestLayers.TAR, TestLayers.digest(tar)), Kind.CORRUPT, "digest");
  }

  @Test
  void cutAndDamagedStreamsAreRefused() throws IOException {
    byte[] tar = new TestTar().file("a", "a".repeat(100_000)).end();
    byte[] gzip = TestLayers.gzipped(tar);
    byte[] zstd = Zstd.compress(tar);
    for (int length : new int[] {3, 11, gzip.length / 2, gzip.length - 1}) {
      assertRefused(layer(Arrays.copyOf(gzip, length), tar), Kind.CORRUPT, "");
    }
    for (int length : new int[] {5, zstd.length / 2, zstd.length - 1}) {
      assertRefused(layer(Arrays.copyOf(zstd, length), tar), Kind.CORRUPT, "");
    }
    byte[] flipped = gzip.clone();
    flipped[gzip.length - 6] ^= 1;
    assertRefused(layer(flipped, tar), Kind.CORRUPT, "checksum");
    byte[] garbage = Arrays.copyOf(gzip, gzip.length + 5);
    assertRefused(layer(garbage, tar), Kind.CORRUPT, "where a member must begin");
    assertCorrupt(Arrays.copyOf(tar, 512 + 7), "in the middle");
    assertCorrupt(Arrays.copyOf(tar, 300), "in the middle");
  }

  @Test
  void concatenatedGzipMembersAndMissingEndMarksAreFine() throws IOException {
    byte[] first = new TestTar().file("a", "first").cut();
    byte[] second = new TestTar().file("b", "second").cut();
    ByteArrayOutputStream blob = new ByteArrayOutputStream();
    blob.writeBytes(TestLayers.gzipped(first));
    blob.writeBytes(TestLayers.gzipped(NOTHING));
    blob.writeBytes(TestLayers.gzipped(second));
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.writeBytes(first);
    tar.writeBytes(second);
    Path image = prepare(layer(blob.toByteArray(), tar.toByteArray()));
    Tools.assertClean(image);
    assertTrue(Tools.output("debugfs", "-R", "cat /b", image.toString()).endsWith("second"));
  }

  @Test
  void headersThatLieAreRefused() throws IOException {
    assertCorrupt(new TestTar().header('0', name("a"), NOTHING, -5).end(), "negative size");
    assertCorrupt(new TestTar().header('0', name("a"), NOTHING, 1L << 40).end(), "in the middle");
    assertCorrupt(
        new TestTar().header('x', name("a"), NOTHING, 1L << 30).end(), "1 MiB is the limit");
    assertCorrupt(new TestTar().header('L', name("a"), NOTHING, -1).end(), "1 MiB is the limit");
    assertCorrupt(new TestTar().owner(-1, 0).file("a", "x").end(), "user id out of range");
    assertCorrupt(new TestTar().owner(0, 1L << 33).file("a", "x").end(), "group id out of range");
    assertCorrupt(new TestTar().member('Z', name("a"), NOTHING, NOTHING).end(), "unknown type 'Z'");
    assertCorrupt(new TestTar().device('3', "a", 5000, 1).end(), "device number out of range");
    assertCorrupt(new TestTar().symlink("a", "").end(), "1 to 4095 bytes");
    byte[] damaged = new TestTar().file("a", "x").end();
    damaged[0] = 'b';
    assertCorrupt(damaged, "checksum is wrong");
    byte[] lone = new TestTar().bytes(new byte[512]).file("hidden", "x").end();
    assertCorrupt(lone, "behind its end mark");
  }

  @Test
  void malformedPaxRecordsAreRefused() throws IOException {
    for (String record :
        List.of("5 a=b", "99 a=b\n", "0 a=b\n", "-6 a=b\n", "x a=b\n", "6 ab=\n9", "5 =b\n")) {
      byte[] tar = new TestTar().member('x', name("p"), NOTHING, name(record)).file("a", "x").end();
      assertCorrupt(tar, "pax header");
    }
    for (String time : List.of("9e9999999", "1.5e3", "--1", "1.x", "9".repeat(100_000))) {
      assertCorrupt(new TestTar().pax("mtime", time).file("a", "x").end(), "mtime");
    }
    assertCorrupt(new TestTar().pax("a\0b", "c").file("a", "x").end(), "NUL in a key");
    assertCorrupt(new TestTar().pax("a", "c").end(), "after an extended header");
  }

  @Test
  void theSizeOfThePaxHeaderRules() throws IOException {
    // A reader that believes the ustar size of 0 would take the data for another member.
    byte[] smuggled = new TestTar().file("smuggled", "x").cut();
    byte[] tar =
        new TestTar()
            .pax("size", String.valueOf(smuggled.length))
            .header('0', name("outer"), NOTHING, 0)
            .bytes(smuggled)
            .end();
    Path image = prepare(TestLayers.plain(tar));
    String listing = Tools.output("debugfs", "-R", "ls -p /", image.toString());
    assertTrue(listing.contains("/outer/" + smuggled.length + "/"), listing);
    assertTrue(!listing.contains("smuggled"), listing);
  }

  @Test
  void malformedSparseMapsAreRefused() throws IOException {
    for (String map : List.of("0,512,100,512", "0", "5,a", "0,1024", "9999999,512", "-1,512")) {
      byte[] tar =
          new TestTar()
              .pax("GNU.sparse.map", map, "GNU.sparse.size", "10000")
              .file("a", new byte[512])
              .end();
      assertCorrupt(tar, "");
    }
  }

  @Test
  void bombsStopAtTheLimit() throws IOException {
    UnpackLimits limits = new UnpackLimits(10 << 20, 1000);
    byte[] big = new TestTar().file("zeros", new byte[11 << 20]).end();
    assertRefused(limits, TestLayers.gzip(big), "more than the limit of 10485760 bytes");
    assertRefused(limits, TestLayers.zstd(big), "more than the limit of 10485760 bytes");
    TestTar many = new TestTar();
    for (int i = 0; i < 1001; i++) {
      many.file("f" + i, "");
    }
    assertRefused(limits, TestLayers.gzip(many.end()), "more files than the limit of 1000");
  }

  @Test
  void whatNoMemberNamesCountsToo() throws IOException {
    UnpackLimits limits = new UnpackLimits(10 << 20, 1000);
    byte[] deep = new TestTar().pax("path", "d/".repeat(1001) + "x").file("x", "").end();
    assertRefused(limits, TestLayers.plain(deep), "more files than the limit of 1000");
    TestTar links = new TestTar();
    TestTar attributes = new TestTar();
    for (int i = 0; i < 140; i++) {
      links.pax("linkpath", "l".repeat(4095)).symlink("l" + i, "x");
      attributes.pax(Map.of("SCHILY.xattr.user.a", new byte[3800])).file("f" + i, "");
    }
    assertRefused(limits, TestLayers.plain(links.end()), "more files than the limit of 1000");
    assertRefused(limits, TestLayers.plain(attributes.end()), "more files than the limit of 1000");
  }

  @Test
  void deepTreesTakeLittleMemory() throws Exception {
    TestTar tar = new TestTar();
    for (int i = 0; i < 60; i++) {
      tar.pax("path", "%04d".formatted(i) + "/d".repeat(2040) + "/x").file("x", "");
    }
    Path file = directory.resolve("layer.tar");
    Files.write(file, tar.end());
    String output =
        Tools.output(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-cp",
            System.getProperty("java.class.path"),
            UnpackProcess.class.getName(),
            file.toString(),
            directory.resolve("small").toString());
    assertTrue(output.contains("unpacked"), output);
  }

  @Test
  void attributesBeyondABlockAreRefused() throws IOException {
    byte[] tar =
        new TestTar().pax(Map.of("SCHILY.xattr.user.a", new byte[5000])).file("a", "x").end();
    assertCorrupt(tar, "extended attributes");
  }

  @Test
  void whatIsNoFileSystemIsRefused() throws IOException {
    byte[] tar = new TestTar().file("a", "x").end();
    assertRefused(
        TestLayers.layer(tar, "application/vnd.in-toto+json", TestLayers.digest(tar)),
        Kind.INVALID,
        "not a file system");
  }

  private Path prepare(LayerSource... layers) {
    return new RootFilesystems(directory.resolve("rootfs"))
        .prepare(MANIFEST, List.of(layers), UnpackProgress.NONE);
  }

  private static LayerSource layer(byte[] blob, byte[] tar) {
    return TestLayers.layer(blob, TestLayers.TAR + "+gzip", TestLayers.digest(tar));
  }

  private void assertCorrupt(byte[] tar, String message) throws IOException {
    assertRefused(TestLayers.plain(tar), Kind.CORRUPT, message);
  }

  private void assertRefused(UnpackLimits limits, LayerSource layer, String message)
      throws IOException {
    assertRefused(new RootFilesystems(directory, limits), layer, Kind.CORRUPT, message);
  }

  private void assertRefused(LayerSource layer, Kind kind, String message) throws IOException {
    assertRefused(new RootFilesystems(directory), layer, kind, message);
  }

  private void assertRefused(
      RootFilesystems filesystems, LayerSource layer, Kind kind, String message)
      throws IOException {
    EngineException e =
        assertThrows(
            EngineException.class,
            () -> filesystems.prepare(MANIFEST, List.of(layer), UnpackProgress.NONE));
    assertEquals(kind, e.kind(), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.getMessage().startsWith("layer "), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(List.of(), left.filter(p -> !p.toString().endsWith(".lock")).toList());
    }
  }

  private static byte[] name(String text) {
    return TestTar.latin(text);
  }
}
