package dev.containertui.engine;

import dev.containertui.container.ContainerCatalog;
import dev.containertui.container.FileTree;
import dev.containertui.error.EngineException;
import dev.containertui.image.ImageCommit;
import dev.containertui.image.ImageStore;
import dev.containertui.image.ImageSummary;
import dev.containertui.image.PullEvent;
import dev.containertui.image.PushEvent;
import dev.containertui.image.RemoteImage;
import dev.containertui.image.StoredImage;
import dev.containertui.image.StoredLayer;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Reference;
import dev.containertui.registry.Login;
import dev.containertui.rootfs.LayerFiles;
import dev.containertui.rootfs.LayerSource;
import dev.containertui.rootfs.RootFilesystems;
import dev.containertui.rootfs.UnpackLimits;
import dev.containertui.rootfs.UnpackProgress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Images and their root file systems: what one has, the other is kept for. */
final class ImageLibrary implements Images {
  /** Long enough for somebody to come back to a large pull. */
  private static final Duration REMAINS_KEPT = Duration.ofDays(7);

  /** Of layers that are only looked at: each path costs a few hundred bytes of this process. */
  private static final UnpackLimits LAYER_LIMITS = new UnpackLimits(64L << 30, 600_000);

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
    return pull(reference, platform, Optional.empty(), progress);
  }

  @Override
  public ImageSummary pull(
      String reference,
      Optional<Platform> platform,
      Optional<Login> login,
      Consumer<PullEvent> progress) {
    Reference parsed = Reference.parse(reference);
    Optional<ImageSummary> before = find(parsed.toString());
    ImageSummary pulled =
        store.get().pull(parsed, platform.orElseGet(Platform::host), login, progress);
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
    changed("pull", parsed.toString());
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

  @Override
  public FileTree files(String reference) {
    StoredImage image = store.get().image(reference, Optional.empty());
    return new ImageFiles(() -> rootDisk(image, (done, total) -> {}));
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
  public RemoteImage remote(String reference, Optional<Login> login) {
    return store.get().remote(Reference.parse(reference), login);
  }

  @Override
  public void authenticate(String registry, Login login) {
    store.get().authenticate(registry, login);
  }

  @Override
  public void tag(String reference, String newReference) {
    Reference name = Reference.parse(newReference);
    store.get().tag(reference, name);
    changed("tag", name.toString());
  }

  @Override
  public String push(String reference, Optional<Login> login, Consumer<PushEvent> progress) {
    Reference name = Reference.parse(reference);
    String digest = store.get().push(name, login, progress).toString();
    changed("push", name.toString());
    return digest;
  }

  @Override
  public void save(List<String> references, OutputStream target) {
    store.get().save(references, target);
    references.forEach(reference -> changed("save", reference));
  }

  @Override
  public List<String> load(InputStream archive) {
    List<String> loaded = store.get().load(archive);
    loaded.forEach(reference -> changed("load", reference));
    return loaded;
  }

  @Override
  public String importRoot(
      InputStream archive, Optional<String> reference, String comment, List<String> changes) {
    ImageCommit commit =
        new ImageCommit(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(comment).filter(text -> !text.isEmpty()),
            changes,
            reference.map(Reference::parse));
    ImageSummary made = store.get().importRoot(archive, commit, Platform.host());
    changed("import", commit.name().map(Reference::toString).orElse(made.id()));
    return made.digest();
  }

  /**
   * Makes an image of another one and a layer on top; its root file system is made when a container
   * of it is first started.
   *
   * @param base used by a container, so that it stays
   */
  ImageSummary commit(StoredImage base, ImageCommit commit, ImageCommit.LayerWriter layer) {
    ImageSummary made = store.get().commit(base, commit, layer);
    commit.name().ifPresent(name -> changed("tag", name.toString()));
    return made;
  }

  @Override
  public List<HistoryStep> history(String reference) {
    return ImageHistory.of(store.get().image(reference, Optional.empty()));
  }

  @Override
  public LayerFiles layerFiles(String reference, int layer, int max) {
    StoredImage image = store.get().image(reference, Optional.empty());
    if (layer < 0 || layer >= image.layers().size()) {
      throw new EngineException(
          EngineException.Kind.INVALID,
          reference + " has no layer " + layer,
          "it has " + image.layers().size() + ", the base is 0");
    }
    List<Path> blobs =
        image.layers().subList(0, layer + 1).stream().map(StoredLayer::blob).toList();
    try {
      return LayerFiles.read(blobs, Math.clamp(max, 0, MAX_LAYER_FILES), LAYER_LIMITS);
    } catch (ClosedByInterruptException e) {
      throw new EngineException(EngineException.Kind.CANCELLED, "reading a layer was cancelled", e);
    } catch (IOException e) {
      throw new EngineException(
          EngineException.Kind.CORRUPT,
          "layer " + layer + " of " + reference + " cannot be read: " + e.getMessage(),
          e);
    }
  }

  @Override
  public List<String> remove(String reference, boolean force) {
    Set<String> inUse = new HashSet<>(containers.get().imagesInUse());
    List<String> done =
        store.get().remove(reference, force, image -> inUse.contains(image.digest())).lines();
    removeUnused(inUse);
    done.forEach(this::changedBy);
    return done;
  }

  @Override
  public Pruned prune(boolean all, Predicate<ImageSummary> filter) {
    Set<String> inUse = new HashSet<>(containers.get().imagesInUse());
    ImageStore.Removed removed =
        store.get().prune(all, filter, image -> inUse.contains(image.digest()));
    long freed = removed.freedBytes() + removeUnused(inUse);
    removed.lines().forEach(this::changedBy);
    changed("prune", "");
    return new Pruned(removed.lines(), freed);
  }

  private void changedBy(String line) {
    String action = line.startsWith("Untagged") ? "untag" : "delete";
    changed(action, line.substring(line.indexOf(' ') + 1));
  }

  private void changed(String action, String reference) {
    events.publish(new EngineEvent.ImageChanged(Instant.now(), action, reference));
  }

  /** A root file system without an image and without a container is only in the way. */
  private long removeUnused(Set<String> inUse) {
    Set<String> needed = new HashSet<>(inUse);
    store.get().list().forEach(image -> needed.add(image.digest()));
    long freed = 0;
    for (String digest : rootFilesystems.list()) {
      if (!needed.contains(digest)) {
        freed += rootFilesystems.find(digest).map(DiskCounter::bytes).orElse(0L);
        rootFilesystems.remove(digest);
      }
    }
    return freed;
  }
}
