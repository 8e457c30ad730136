package dev.containertui.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.Tool;
import dev.containertui.container.ContainerSpec;
import dev.containertui.engine.Images.HistoryStep;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.ImageSummary;
import dev.containertui.oci.MediaTypes.Compression;
import dev.containertui.oci.Platform;
import dev.containertui.registry.server.ImageBuilder;
import dev.containertui.registry.server.LayerBuilder;
import dev.containertui.registry.server.LayerBuilder.Layer;
import dev.containertui.registry.server.LoopbackRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of an engine, without any machine. */
class ImageLibraryTest {
  @TempDir Path home;
  private final BlockingQueue<EngineEvent> events = new LinkedBlockingQueue<>();
  private final Layer shared = layer("shared", 100_000);
  private final Layer own = layer("own", 200_000);
  private LoopbackRegistry registry;
  private LocalEngine engine;
  private Images images;
  private String app;
  private String other;

  @BeforeEach
  void openEngine() {
    registry = LoopbackRegistry.start();
    engine = LocalEngine.open(EngineConfig.below(home));
    images = engine.images();
    new ImageBuilder().layer(shared).layer(own).command("/app").push(registry, "app", "1");
    new ImageBuilder().layer(shared).command("/other").push(registry, "other", "1");
    app = registry.reference("app", "1").toString();
    other = registry.reference("other", "1").toString();
  }

  @AfterEach
  void closeEngine() {
    engine.close();
    registry.close();
  }

  private static Layer layer(String name, int size) {
    byte[] noise = new byte[size];
    new Random(name.hashCode()).nextBytes(noise);
    return new LayerBuilder().file(name, 0644, noise).build(Compression.GZIP);
  }

  private ImageSummary pull(String reference) {
    return images.pull(reference, Optional.empty(), e -> {});
  }

  private List<String> actions(int count) throws InterruptedException {
    List<String> actions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (events.poll(60, TimeUnit.SECONDS)
          instanceof EngineEvent.ImageChanged(var _, String action, String reference)) {
        actions.add(action + " " + reference);
      }
    }
    return actions;
  }

  @Test
  void everyChangeIsTold() throws InterruptedException {
    try (var _ = engine.onEvent(events::add)) {
      ImageSummary image = pull(app);
      String mine = registry.address() + "/mine:1";
      images.tag(app, mine);
      assertEquals(image.digest(), images.push(mine, e -> {}));
      ByteArrayOutputStream archive = new ByteArrayOutputStream();
      images.save(List.of(mine), archive);
      images.remove(app, false);
      images.remove(mine, false);
      images.load(new ByteArrayInputStream(archive.toByteArray()));
      images.prune(true, i -> true);
      assertEquals(
          List.of(
              "pull " + app,
              "tag " + mine,
              "push " + mine,
              "save " + mine,
              "untag " + app,
              "untag " + mine,
              "delete " + image.id(),
              "load " + mine,
              "untag " + mine,
              "delete " + image.id(),
              "prune "),
          actions(11));
    }
  }

  @Test
  void anImportedFileSystemHasAHistory() throws InterruptedException {
    byte[] archive = layer("root", 1000).blob();
    try (var _ = engine.onEvent(events::add)) {
      String digest =
          images.importRoot(
              new ByteArrayInputStream(archive),
              Optional.of("mine:1"),
              "brought in",
              List.of("CMD [\"/bin/sh\"]"));
      assertEquals(List.of("import docker.io/library/mine:1"), actions(1));
      ImageSummary image = images.find("mine:1").get();
      assertEquals(digest, image.digest());
      assertEquals(Platform.host(), image.platform());
      List<HistoryStep> history = images.history("mine:1");
      assertEquals(1, history.size());
      HistoryStep step = history.getFirst();
      assertEquals("brought in", step.comment());
      assertEquals(image.id(), step.imageDigest());
      assertEquals(image.created(), step.created());
      assertEquals(image.sizeBytes(), step.sizeBytes());
      assertEquals(image.references(), step.tags());
    }
  }

  @Test
  void layersWithoutAHistoryAreTold() {
    pull(app);
    List<HistoryStep> history = images.history(app);
    assertEquals(
        List.of((long) own.blob().length, (long) shared.blob().length),
        history.stream().map(HistoryStep::sizeBytes).toList());
    assertEquals(List.of(app), history.getFirst().tags());
    assertEquals("", history.getLast().imageDigest());
  }

  @Test
  void diskUsageCountsEachLayerOnce() throws IOException {
    ImageSummary one = pull(app);
    ImageSummary two = pull(other);
    engine.containers().create(ContainerSpec.of(app).build());
    Files.createDirectories(home.resolve("data/kernels/k"));
    Files.write(home.resolve("data/kernels/k/image"), new byte[50_000]);
    Files.createDirectories(home.resolve("cache/templates/t"));
    Files.write(home.resolve("cache/templates/t/memory"), new byte[70_000]);
    Path container =
        home.resolve("data/containers").resolve(engine.containers().list(true).getFirst().id());
    Files.createDirectories(container.resolve("log"));
    Files.write(container.resolve("log/00000001.log"), new byte[90_000]);

    DiskUsage usage = engine.diskUsage();

    assertEquals(
        blocks("data/content/blobs/sha256/" + shared.descriptor().digest().hex())
            + blocks("data/content/blobs/sha256/" + own.descriptor().digest().hex()),
        usage.layersBytes());
    assertEquals(
        blocks("data/rootfs/" + one.digest().replace(':', '-') + "/root.ext4")
            + blocks("data/rootfs/" + two.digest().replace(':', '-') + "/root.ext4"),
        usage.rootfsBytes());
    assertEquals(blocks("data/kernels/k/image"), usage.kernelsBytes());
    assertEquals(blocks("cache/templates/t/memory"), usage.templatesBytes());
    assertEquals(2, usage.images().size());
    for (DiskUsage.ImageUse use : usage.images()) {
      boolean isApp = use.digest().equals(one.digest());
      assertEquals((isApp ? one : two).sizeBytes(), use.sizeBytes());
      assertEquals(isApp ? own.blob().length : 0, use.uniqueBytes());
      assertEquals(isApp ? 1 : 0, use.containers());
    }
    DiskUsage.ContainerUse use = usage.containers().getFirst();
    assertTrue(use.logBytes() >= 90_000, "" + use.logBytes());
    assertTrue(use.diskBytes() > 0 && use.diskBytes() < 90_000, "" + use.diskBytes());
  }

  private long blocks(String file) {
    return Long.parseLong(Tool.run("stat", "--format=%b", home.resolve(file).toString()).strip())
        * 512;
  }

  @Test
  void pruneTakesRootFileSystemsAlong() {
    pull(app);
    pull(other);
    engine.containers().create(ContainerSpec.of(other).build());
    long before = engine.diskUsage().rootfsBytes();

    Pruned pruned = images.prune(true, i -> true);

    assertEquals(2, pruned.names().size());
    assertEquals(other, images.list().getFirst().references().getFirst());
    long freedRoot = before - engine.diskUsage().rootfsBytes();
    assertTrue(freedRoot > 0);
    assertTrue(
        pruned.reclaimedBytes() >= freedRoot + own.blob().length,
        pruned.reclaimedBytes() + " bytes");
    assertFalse(images.find(app).isPresent());
  }

  @Test
  void aLoadedImageHasARootFileSystemWhenItIsNeeded() throws IOException {
    pull(app);
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    images.save(List.of(app), archive);
    Path second = home.resolve("second");
    try (LocalEngine reader = LocalEngine.open(EngineConfig.below(second))) {
      reader.images().load(new ByteArrayInputStream(archive.toByteArray()));
      assertFalse(Files.exists(second.resolve("data/rootfs")));
      reader.containers().create(ContainerSpec.of(app).build());
    }
  }

  @Test
  void remoteImagesAreLookedAtWithoutAPull() {
    var remote = images.remote(app, Optional.empty());
    assertEquals(app, remote.reference());
    assertEquals(List.of(Platform.host()), remote.platforms());
    assertEquals(List.of(), images.list());
    try {
      images.remote(registry.address() + "/nothing", Optional.empty());
      throw new AssertionError("there is nothing");
    } catch (EngineException e) {
      assertEquals(Kind.NOT_FOUND, e.kind());
    }
  }
}
