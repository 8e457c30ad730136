package dev.containertui.rootfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.containertui.engine.api.own.LayerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerFilesTest {
  @TempDir Path directory;

  private Path layer(String name, TestTar tar) throws IOException {
    return Files.write(directory.resolve(name), tar.end());
  }

  private List<Path> layers() throws IOException {
    return List.of(
        layer(
            "base",
            new TestTar()
                .directory("etc")
                .file("etc/hosts", "one")
                .file("etc/motd", "hello")
                .directory("cache")
                .file("cache/a", "a")),
        layer(
            "top",
            new TestTar()
                .directory("etc")
                .file("etc/hosts", "changed")
                .file("etc/.wh.motd", "")
                .directory("cache")
                .file("cache/.wh..wh..opq", "")
                .file("cache/b", "b")
                .symlink("link", "etc/hosts")),
        layer("last", new TestTar().file("etc/motd", "again").file("cache/a", "again")));
  }

  private static List<String> effects(LayerFiles files) {
    return files.files().stream().map(f -> f.effect() + " " + f.path()).toList();
  }

  @Test
  void theBaseAddsEverything() throws Exception {
    LayerFiles files = LayerFiles.read(layers().subList(0, 1), 100, UnpackLimits.DEFAULT);
    assertEquals(
        List.of(
            "ADDED /etc", "ADDED /etc/hosts", "ADDED /etc/motd", "ADDED /cache", "ADDED /cache/a"),
        effects(files));
  }

  @Test
  void aLayerChangesHidesAndEmpties() throws Exception {
    LayerFiles files = LayerFiles.read(layers().subList(0, 2), 100, UnpackLimits.DEFAULT);
    assertEquals(
        List.of(
            "CHANGED /etc/hosts",
            "HIDDEN /etc/motd",
            "EMPTIED /cache",
            "ADDED /cache/b",
            "ADDED /link"),
        effects(files));
    assertEquals("etc/hosts", files.files().getLast().linkTarget().orElseThrow());
    assertEquals(7, files.files().getFirst().sizeBytes());
  }

  @Test
  void whatWasHiddenIsAddedAgain() throws Exception {
    LayerFiles files = LayerFiles.read(layers(), 100, UnpackLimits.DEFAULT);
    assertEquals(List.of("ADDED /etc/motd", "ADDED /cache/a"), effects(files));
  }

  @Test
  void moreThanAskedForIsToldOf() throws Exception {
    LayerFiles files = LayerFiles.read(layers().subList(0, 1), 2, UnpackLimits.DEFAULT);
    assertEquals(2, files.files().size());
    assertFalse(files.complete());
  }

  @Test
  void anArchiveBeyondTheLimitsIsRefused() throws Exception {
    List<Path> layers = layers();
    assertThrows(
        LayerException.class, () -> LayerFiles.read(layers, 100, new UnpackLimits(1 << 20, 3)));
  }

  @Test
  void theLimitIsOfAllLayersTogether() throws Exception {
    List<Path> layers = layers(); // 5, 7 and 2 members
    LayerFiles.read(layers, 100, new UnpackLimits(1 << 20, 40));
    assertThrows(
        LayerException.class, () -> LayerFiles.read(layers, 100, new UnpackLimits(1 << 20, 13)));
  }

  @Test
  void travelsAsJson() throws Exception {
    LayerFiles files = LayerFiles.read(layers().subList(0, 2), 100, UnpackLimits.DEFAULT);
    assertEquals(files, LayerJson.read(LayerJson.write(files)));
  }
}
