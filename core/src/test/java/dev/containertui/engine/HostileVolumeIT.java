package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.container.Container;
import dev.containertui.container.ContainerProcess;
import dev.containertui.container.ContainerSpec;
import dev.containertui.container.MountText;
import dev.containertui.error.EngineException;
import dev.containertui.oci.MediaTypes.Compression;
import dev.containertui.registry.server.ImageBuilder;
import dev.containertui.registry.server.LayerBuilder;
import dev.containertui.registry.server.LoopbackRegistry;
import dev.containertui.volume.VolumeDisk;
import dev.containertui.volume.VolumeSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images and machines that mean volumes harm. */
@Timeout(600)
class HostileVolumeIT {
  private static final String MARK = "SCHILY.xattr.trusted.container-tui.copying";

  @TempDir Path home;

  private static String run(Engine engine, String image, String... command) throws Exception {
    Container container = create(engine, image, command);
    ContainerProcess process = container.start();
    String text = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), text);
    container.awaitEnd();
    container.remove(true);
    return text.strip();
  }

  private static Container create(Engine engine, String image, String... command) {
    return engine
        .containers()
        .create(
            ContainerSpec.of(image)
                .mounts(List.of(MountText.volume("data:/v")))
                .arguments(command)
                .build());
  }

  /** One with {@code /v}, which says that a copy from it was cut short, and maybe a file in it. */
  private static String pull(Engine engine, String name, Optional<String> content)
      throws Exception {
    var archive = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(archive)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String directory : List.of("bin/", "etc/", "proc/", "sys/", "dev/")) {
        tar.putArchiveEntry(new TarArchiveEntry(directory));
        tar.closeArchiveEntry();
      }
      var place = new TarArchiveEntry("v/");
      place.addPaxHeader(MARK, "1");
      tar.putArchiveEntry(place);
      tar.closeArchiveEntry();
      add(tar, "bin/busybox", Files.readAllBytes(Path.of("/bin/busybox")));
      for (String applet : List.of("sh", "cat", "ls", "true")) {
        var link = new TarArchiveEntry("bin/" + applet, TarConstants.LF_SYMLINK);
        link.setLinkName("busybox");
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
      }
      if (content.isPresent()) {
        add(tar, "v/f", content.get().getBytes());
      }
    }
    try (LoopbackRegistry registry = LoopbackRegistry.start()) {
      new ImageBuilder()
          .layer(LayerBuilder.of(archive.toByteArray(), Compression.GZIP))
          .command("sh")
          .push(registry, name, "latest");
      return engine
          .images()
          .pull(registry.address() + "/" + name, Optional.empty(), _ -> {})
          .references()
          .getFirst();
    }
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    var file = new TarArchiveEntry(name);
    file.setMode(0100755);
    file.setSize(content.length);
    tar.putArchiveEntry(file);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  @Test
  void anImageCannotHaveItsFilesCopiedOverThoseOfAVolume() throws Exception {
    EngineConfig config = TestEngine.prepare(home);
    try (LocalEngine engine = LocalEngine.open(config)) {
      String empty = pull(engine, "empty", Optional.empty());
      String full = pull(engine, "full", Optional.of("the image's"));
      assertEquals("mine", run(engine, empty, "sh", "-c", "echo mine > /v/f; cat /v/f"));
      assertEquals("mine", run(engine, full, "cat", "/v/f"));
    }
    Leftovers.assertNone(config);
  }

  @Test
  void noVolumeGoesWhileItMayBeThatOfAContainerWithADamagedRecord() throws Exception {
    EngineConfig config = TestEngine.prepare(home);
    try (LocalEngine engine = LocalEngine.open(config)) {
      Container container = create(engine, pull(engine, "full", Optional.empty()), "true");
      Path record =
          config.directories().containers().resolve(container.id()).resolve("container.json");
      byte[] whole = Files.readAllBytes(record);
      Files.writeString(record, "{");
      EngineException refused =
          assertThrows(EngineException.class, () -> engine.volumes().remove("data"));
      assertTrue(refused.getMessage().contains(record.toString()), refused.getMessage());
      assertEquals(List.of(), engine.volumes().prune(_ -> true).names());
      Files.write(record, whole);
      engine.containers().find(container.id()).orElseThrow().remove(true);
      assertEquals(List.of("data"), engine.volumes().prune(_ -> true).names());
    }
    Leftovers.assertNone(config);
  }

  @Test
  void aDiskThatWasMadeWrongFailsItsStartAndNothingElse() throws Exception {
    EngineConfig config = TestEngine.prepare(home);
    try (LocalEngine engine = LocalEngine.open(config)) {
      String image = pull(engine, "full", Optional.of("the image's"));
      for (String change :
          List.of(
              "rmdir data\nsymlink data /etc",
              "rmdir data\nwrite /etc/hostname data",
              "rmdir data",
              "ssv inodes_count 1")) {
        Path disk = engine.volumes().create(VolumeSpec.named("data")).disk();
        debugfs(disk, change);
        assertStartFails(engine, image, disk, change);
      }
      Path disk = engine.volumes().create(VolumeSpec.named("data")).disk();
      try (FileChannel channel = FileChannel.open(disk, StandardOpenOption.WRITE)) {
        channel.truncate(1 << 20);
      }
      assertStartFails(engine, image, disk, "cut off");
      disk = engine.volumes().create(VolumeSpec.named("data")).disk();
      Files.delete(disk);
      Files.createDirectory(disk);
      assertStartFails(engine, image, disk, "a directory");
      assertEquals("the image's", run(engine, image, "cat", "/v/f"));
    }
    Leftovers.assertNone(config);
  }

  private static void assertStartFails(Engine engine, String image, Path disk, String what)
      throws Exception {
    Container container = create(engine, image, "true");
    assertThrows(EngineException.class, container::start, what);
    if (Files.isRegularFile(disk)) {
      assertFalse(VolumeDisk.isInUse(disk, true));
    }
    container.remove(true);
    engine.volumes().remove("data");
    assertEquals(List.of(), engine.volumes().list());
  }

  private static void debugfs(Path disk, String commands) throws Exception {
    Process process =
        new ProcessBuilder("debugfs", "-w", "-f", "-", disk.toString())
            .redirectErrorStream(true)
            .start();
    process.outputWriter().append(commands + "\n").close();
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), said);
  }
}
