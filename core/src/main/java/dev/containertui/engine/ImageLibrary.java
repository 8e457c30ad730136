package dev.containertui.engine;

import dev.containertui.container.ContainerCatalog;
import dev.containertui.error.EngineException;
import dev.containertui.image.ImageStore;
import dev.containertui.image.ImageSummary;
import dev.containertui.image.PullEvent;
import dev.containertui.image.StoredImage;
import dev.containertui.image.StoredLayer;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Reference;
import dev.containertui.rootfs.LayerSource;
import dev.containertui.rootfs.RootFilesystems;
import dev.containertui.rootfs.UnpackProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Images and their root file systems: what one has, the other is kept for. */
final class ImageLibrary implements Images {
  /** Long enough for somebody to come back to a large pull. */
  private static final Duration REMAINS_KEPT = Duration.ofDays(7);

  private final Lazy<ImageStore> store;
  private final RootFilesystems rootFilesystems;
  private final Lazy<ContainerCatalog> containers;
  private final EventBus events;

  ImageLibrary(
      Lazy<ImageStore> store,
      RootFilesystems rootFilesystems,
      Lazy<ContainerCatalog> containers,
      EventBus events) {
    this.store = store;
    this.rootFilesystems = rootFilesystems;
    this.containers = containers;
    this.events = events;
  }

  @Override
  public List<ImageSummary> list() {
    return store.get().list();
  }

  @Override
  public Optional<ImageSummary> find(String reference) {
    return store.get().find(reference);
  }

  @Override
  public ImageSummary pull(
      String reference, Optional<Platform> platform, Consumer<PullEvent> progress) {
    Reference parsed = Reference.parse(reference);
    Optional<ImageSummary> before = find(parsed.toString());
    ImageSummary pulled = store.get().pull(parsed, platform.orElseGet(Platform::host), progress);
    StoredImage image = store.get().image(pulled.digest(), Optional.empty());
    try {
      rootDisk(image, (done, total) -> progress.accept(new PullEvent.Unpacking(done, total)));
    } catch (EngineException e) {
      if (e.kind() == EngineException.Kind.CORRUPT) {
        store.get().dropDamagedLayers(image); // So that another pull is not just the same again.
      }
      boolean isNew = before.isEmpty() || !before.get().digest().equals(pulled.digest());
      if (isNew && e.kind() != EngineException.Kind.CANCELLED) {
        // An image that cannot be run is not kept; nor is the space that it would hold.
        remove(parsed.toString(), true);
      }
      throw e;
    }
    collectGarbage();
    progress.accept(new PullEvent.Done(parsed.toString(), pulled.digest()));
    events.publish(new EngineEvent.ImageChanged(Instant.now(), "pull", parsed.toString()));
    return pulled;
  }

  /** Remains of work that was broken off. Nobody misses them, so a failure is nobody's concern. */
  private void collectGarbage() {
    try {
      store.get().collectGarbage(REMAINS_KEPT);
      rootFilesystems.collectGarbage(REMAINS_KEPT);
    } catch (EngineException e) {
      // The next pull tries again.
    }
  }

  /** The root file system of an image; made if it is not there. */
  Path rootDisk(StoredImage image, UnpackProgress progress) {
    return rootFilesystems.prepare(
        image.summary().digest(),
        image.layers().stream().map(ImageLibrary::source).toList(),
        progress);
  }

  private static LayerSource source(StoredLayer layer) {
    return new LayerSource(
        layer.descriptor().digest().toString(),
        layer.descriptor().mediaType(),
        layer.diffId().toString(),
        layer.descriptor().sizeBytes(),
        () -> Files.newInputStream(layer.blob()));
  }

  @Override
  public String inspectJson(String reference) {
    return store.get().inspectJson(reference);
  }

  @Override
  public List<String> remove(String reference, boolean force) {
    Set<String> inUse = new HashSet<>(containers.get().imagesInUse());
    List<String> done =
        store.get().remove(reference, force, image -> inUse.contains(image.digest()));
    removeUnused(inUse);
    for (String line : done) {
      String action = line.startsWith("Untagged") ? "untag" : "delete";
      events.publish(
          new EngineEvent.ImageChanged(
              Instant.now(), action, line.substring(line.indexOf(' ') + 1)));
    }
    return done;
  }

  /** A root file system without an image and without a container is only in the way. */
  private void removeUnused(Set<String> inUse) {
    Set<String> needed = new HashSet<>(inUse);
    store.get().list().forEach(image -> needed.add(image.digest()));
    rootFilesystems.list().stream()
        .filter(digest -> !needed.contains(digest))
        .forEach(rootFilesystems::remove);
  }
}
