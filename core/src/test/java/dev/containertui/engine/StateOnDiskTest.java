package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.oci.MediaTypes.Compression;
import dev.containertui.registry.server.ImageBuilder;
import dev.containertui.registry.server.LayerBuilder;
import dev.containertui.registry.server.LoopbackRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine leaves in its directories, without any machine. */
class StateOnDiskTest {
  @TempDir Path home;

  @Test
  void imagesAreNotForOtherUsersOfTheHost() throws IOException {
    pull("app");
    for (String directory : List.of("data", "data/content", "data/rootfs")) {
      assertEquals(
          "rwx------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(directory))),
          directory);
    }
  }

  @Test
  void aPullTakesTheOldRemainsOfBrokenOnesAway() throws IOException {
    pull("app");
    String digest = "ab".repeat(32);
    Path oldLayer = old(home.resolve("data/content/ingest/sha256-" + digest + ".partial"));
    Path newLayer = home.resolve("data/content/ingest/sha256-" + "cd".repeat(32) + ".partial");
    Files.write(newLayer, new byte[100]);
    Path oldBuild = home.resolve("data/rootfs/building-sha256-" + digest);
    Files.createDirectory(oldBuild);
    old(oldBuild.resolve("root.ext4"));
    setOld(oldBuild);
    Path newBuild = home.resolve("data/rootfs/building-sha256-" + "cd".repeat(32));
    Files.createDirectory(newBuild);
    Files.write(newBuild.resolve("root.ext4"), new byte[100]);
    setOld(newBuild);

    pull("other");

    assertFalse(Files.exists(oldLayer));
    assertFalse(Files.exists(oldBuild));
    assertTrue(Files.exists(newLayer));
    assertTrue(Files.exists(newBuild.resolve("root.ext4")), "somebody still writes it");
    assertEquals(2, list());
  }

  private static Path old(Path file) throws IOException {
    Files.write(file, new byte[100]);
    setOld(file);
    return file;
  }

  private static void setOld(Path path) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
  }

  private void pull(String name) {
    try (LoopbackRegistry registry = LoopbackRegistry.start();
        Engine engine = LocalEngine.open(EngineConfig.below(home))) {
      new ImageBuilder()
          .layer(new LayerBuilder().file(name, 0644, new byte[10]).build(Compression.GZIP))
          .push(registry, name, "latest");
      engine.images().pull(registry.address() + "/" + name, Optional.empty(), event -> {});
    }
  }

  private int list() {
    try (Engine engine = LocalEngine.open(EngineConfig.below(home))) {
      return engine.images().list().size();
    }
  }
}
