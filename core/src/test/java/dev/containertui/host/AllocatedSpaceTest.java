package dev.containertui.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocatedSpaceTest {
  @TempDir Path directory;

  @Test
  void holesDoNotCount() throws IOException {
    Path file = directory.resolve("sparse");
    SparseFiles.create(file, 1L << 30);
    assertTrue(AllocatedSpace.bytes(file) < 1 << 20, "" + AllocatedSpace.bytes(file));
  }

  @Test
  void saysTheSameAsDu() throws IOException {
    byte[] noise = new byte[300_000];
    new Random(1).nextBytes(noise);
    Files.createDirectories(directory.resolve("a/b"));
    Files.write(directory.resolve("a/x"), noise);
    Files.write(directory.resolve("a/b/y"), noise);
    Files.createSymbolicLink(directory.resolve("a/link"), directory.resolve("a/x"));
    long x = du(directory.resolve("a/x"));
    assertTrue(x >= noise.length);
    assertEquals(x, AllocatedSpace.bytes(directory.resolve("a/x")));
    assertEquals(2 * x, AllocatedSpace.bytesBelow(directory));
  }

  private static long du(Path file) {
    return Long.parseLong(Tool.run("stat", "--format=%b", file.toString()).strip()) * 512;
  }

  @Test
  void whatIsNotThereTakesNothing() throws IOException {
    assertEquals(0, AllocatedSpace.bytes(directory.resolve("none")));
    assertEquals(0, AllocatedSpace.bytesBelow(directory.resolve("none")));
  }
}
