package dev.containertui.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.StoreIndex.Entry;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.ImageConfig;
import dev.containertui.oci.Index;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Manifest;
import dev.containertui.oci.ManifestDocument;
import dev.containertui.oci.MediaTypes;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Printable;
import dev.containertui.oci.Reference;
import dev.containertui.registry.RegistryClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Images on disk, as an OCI image layout (image-spec, image-layout.md) that other tools can read:
 *
 * <pre>
 *   oci-layout, index.json     the layout's version; the names
 *   blobs/sha256/HEX           manifests, configurations, compressed layers; complete and verified
 *   ingest/…                   what is still on its way; survives a failed pull
 *   .lock                      see StoreLock
 * </pre>
 *
 * <p>Any number of threads and processes may use a store at once. Images are found by name, short
 * or long, by id (the digest of the configuration, as Docker's), by the digest of the manifest, or
 * by a prefix of either of 4 digits or more.
 */
public final class ImageStore {
  private final Path directory;
  private final Supplier<RegistryClient> registry;
  private final BlobStore blobs;
  private final StoreIndex index;
  private final StoreLock lock;

  private ImageStore(Path directory, Supplier<RegistryClient> registry) {
    this.directory = directory;
    this.registry = registry;
    blobs = new BlobStore(directory);
    index = new StoreIndex(directory, blobs);
    lock = StoreLock.of(directory);
    try (var _ = lock.index()) {
      if (!Files.exists(directory.resolve("index.json"))) {
        index.write(List.of());
      }
      if (!Files.exists(directory.resolve("oci-layout"))) {
        blobs.replace(
            directory.resolve("oci-layout"),
            "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /**
   * Opens a store, and makes it if it does not exist.
   *
   * @param registry where pulls go; not closed by the store
   * @throws EngineException UNAVAILABLE, EXHAUSTED
   */
  public static ImageStore open(Path directory, RegistryClient registry) {
    return open(directory, () -> registry);
  }

  /** The same with a client that is only made when something is pulled. */
  public static ImageStore open(Path directory, Supplier<RegistryClient> registry) {
    return new ImageStore(directory, registry);
  }

  public Path directory() {
    return directory;
  }

  /**
   * Fetches an image, three blobs at a time; only what is missing is transferred. Reports
   * everything but {@link PullEvent.Unpacking} and {@link PullEvent.Done}, which belong to whoever
   * makes the root file system.
   *
   * <p>If it fails or is interrupted, the store has the images that it had before. What has been
   * transferred is kept for the next attempt.
   *
   * @param progress called from other threads, one call at a time
   * @throws EngineException NOT_FOUND also if there is no image for the platform; UNAUTHORIZED,
   *     UNAVAILABLE, TIMEOUT, CORRUPT, EXHAUSTED, CANCELLED; INVALID if it is no container image
   */
  public ImageSummary pull(Reference reference, Platform platform, Consumer<PullEvent> progress) {
    try (var _ = lock.use()) {
      Entry pulled =
          new ImagePull(registry.get(), blobs, lock, reference, platform, progress).run();
      try (var _ = lock.index()) {
        index.write(StoreIndex.with(index.read(), pulled));
      }
      return image(pulled.manifest()).summary();
    }
  }

  /** All images, newest first. Damaged ones are left out. */
  public List<ImageSummary> list() {
    return summaries(index.read()).values().stream()
        .sorted(
            Comparator.comparing(
                    (ImageSummary s) -> s.created().orElse(Instant.MIN), Comparator.reverseOrder())
                .thenComparing(ImageSummary::digest))
        .toList();
  }

  /** The image of this name or id; of several platforms the host's, or else the newest pulled. */
  public Optional<ImageSummary> find(String nameOrId) {
    return find(nameOrId, Optional.empty());
  }

  /**
   * The image of this name or id that runs on {@code platform}; empty: as {@link #find(String)}.
   *
   * @throws EngineException INVALID if it is a prefix of several ids
   */
  public Optional<ImageSummary> find(String nameOrId, Optional<Platform> platform) {
    Map<Digest, ImageSummary> all = summaries(index.read());
    List<ImageSummary> found = lookUp(nameOrId).stream().map(all::get).toList();
    return platform.or(() -> Optional.of(Platform.host())).stream()
        .flatMap(p -> p.runnable().stream())
        .flatMap(p -> found.stream().filter(image -> image.platform().equals(p)))
        .findFirst()
        .or(
            () ->
                platform.isPresent() || found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(found.getLast()));
  }

  /**
   * As {@link #find(String, Optional)}, with everything that is needed to run it.
   *
   * @throws EngineException NOT_FOUND; CORRUPT if the disk does not hold what it was given
   */
  public StoredImage image(String nameOrId, Optional<Platform> platform) {
    ImageSummary summary =
        find(nameOrId, platform)
            .orElseThrow(() -> notFound(nameOrId, platform.map(p -> " for " + p).orElse("")));
    return image(
        index.read().stream()
            .map(Entry::manifest)
            .filter(d -> d.digest().toString().equals(summary.digest()))
            .findFirst()
            .orElseThrow(() -> notFound(nameOrId, "")));
  }

  private StoredImage image(Descriptor descriptor) {
    Manifest manifest = manifest(descriptor);
    ImageConfig config = config(manifest);
    ImageSummary summary = summaries(index.read()).get(descriptor.digest());
    if (summary == null || config.diffIds().size() != manifest.layers().size()) {
      throw notFound(descriptor.digest().toString(), "");
    }
    List<StoredLayer> layers = new ArrayList<>();
    for (Descriptor layer : manifest.layers()) {
      layers.add(
          new StoredLayer(layer, config.diffIds().get(layers.size()), blobs.path(layer.digest())));
    }
    return new StoredImage(summary, descriptor.digest(), manifest, config, layers);
  }

  /** JSON object with the summary, and manifest and configuration as the registry has them. */
  public String inspectJson(String nameOrId) {
    StoredImage image = image(nameOrId, Optional.empty());
    ImageSummary summary = image.summary();
    ObjectNode json = JsonObject.create();
    json.put("id", summary.id());
    json.put("digest", summary.digest());
    ArrayNode references = json.putArray("references");
    summary.references().forEach(references::add);
    json.put("platform", summary.platform().toString());
    json.put("sizeBytes", summary.sizeBytes());
    summary.created().ifPresent(created -> json.put("created", created.toString()));
    Digest config = image.manifest().config().digest();
    json.set("manifest", document(image.manifestDigest()));
    json.set("config", document(config));
    return JsonObject.pretty(json);
  }

  private ObjectNode document(Digest digest) {
    return JsonObject.parse(blobs.read(digest), digest.toString()).copy();
  }

  /**
   * Takes a name away, and the image with its last name; or, given an id, the image with all its
   * names. The rules are Docker's.
   *
   * @param force also if an id has several names, or if the image is in use: then only names go
   * @param inUse whether something needs the image
   * @return one line for each thing done: {@code Untagged: …}, {@code Deleted: …}
   * @throws EngineException NOT_FOUND; CONFLICT
   */
  public List<String> remove(String nameOrId, boolean force, Predicate<ImageSummary> inUse) {
    List<String> done = new ArrayList<>();
    Set<Digest> candidates = new HashSet<>();
    try (var _ = lock.index()) {
      List<Entry> entries = index.read();
      ImageRemoval removal = new ImageRemoval(entries, summaries(entries), force, inUse);
      List<Entry> left = removal.remove(nameOrId, names(entries, nameOrId), lookUp(nameOrId));
      removal.deleted().forEach(entry -> candidates.addAll(closure(entry)));
      index.write(left);
      done.addAll(removal.done());
    }
    sweep(candidates);
    return done;
  }

  /**
   * Removes those layers of an image that the disk no longer holds as they were stored; to be
   * called when unpacking one of them failed. The next pull fetches them again.
   */
  public void dropDamagedLayers(StoredImage image) {
    image.layers().stream()
        .filter(layer -> !blobs.isSound(layer.descriptor()))
        .forEach(layer -> blobs.delete(layer.descriptor().digest()));
  }

  /**
   * Removes what no image needs and nobody has touched for a while: remains of failed pulls. Does
   * nothing while a pull is under way.
   *
   * @return bytes freed
   */
  public long collectGarbage(Duration untouchedFor) {
    Instant before = Instant.now().minus(untouchedFor);
    long freed = 0;
    Optional<StoreLock.Held> held = lock.trySweep();
    if (held.isPresent()) {
      try (var _ = held.get()) {
        freed += blobs.deleteUnfinished(before);
      }
      freed += sweep(blobs.olderThan(before));
    }
    return freed;
  }

  private long sweep(Iterable<Digest> candidates) {
    Optional<StoreLock.Held> held = lock.trySweep();
    if (held.isEmpty()) {
      return 0;
    }
    try (var _ = held.get()) {
      Set<Digest> needed = new HashSet<>();
      index.read().forEach(entry -> needed.addAll(closure(entry)));
      long freed = 0;
      for (Digest candidate : candidates) {
        if (!needed.contains(candidate)) {
          freed += blobs.delete(candidate);
        }
      }
      return freed;
    }
  }

  /** Every blob that an entry keeps alive. What cannot be read keeps nothing else alive. */
  private Set<Digest> closure(Entry entry) {
    Set<Digest> digests = new HashSet<>();
    entry.chosenFrom().ifPresent(digests::add);
    addClosure(entry.manifest(), digests);
    return digests;
  }

  private void addClosure(Descriptor descriptor, Set<Digest> digests) {
    if (!digests.add(descriptor.digest()) || !blobs.has(descriptor)) {
      return;
    }
    if (!MediaTypes.isManifest(descriptor.mediaType())
        && !MediaTypes.isIndex(descriptor.mediaType())) {
      return;
    }
    switch (ManifestDocument.parse(
        blobs.read(descriptor.digest()), descriptor.mediaType(), "a stored manifest")) {
      case Manifest manifest -> {
        digests.add(manifest.config().digest());
        manifest.layers().forEach(layer -> digests.add(layer.digest()));
      }
      case Index nested -> nested.manifests().forEach(child -> addClosure(child, digests));
    }
  }

  private Map<Digest, ImageSummary> summaries(List<Entry> entries) {
    Map<Digest, List<Entry>> byImage = new LinkedHashMap<>();
    for (Entry entry : entries) {
      byImage.computeIfAbsent(entry.manifest().digest(), d -> new ArrayList<>()).add(entry);
    }
    Map<Digest, ImageSummary> summaries = new LinkedHashMap<>();
    byImage.forEach(
        (digest, same) -> {
          try {
            summaries.put(digest, summary(same));
          } catch (EngineException e) {
            if (e.kind() == Kind.UNAVAILABLE || e.kind() == Kind.CANCELLED) {
              throw e;
            }
            // Damaged, or put there by another tool and no image: a pull repairs it.
          }
        });
    return summaries;
  }

  private ImageSummary summary(List<Entry> same) {
    Manifest manifest = manifest(same.getFirst().manifest());
    ImageConfig config = config(manifest);
    return new ImageSummary(
        manifest.config().digest().toString(),
        same.getFirst().manifest().digest().toString(),
        same.stream().flatMap(entry -> entry.name().stream()).distinct().toList(),
        config.platform(),
        manifest.layerBytes(),
        config.created());
  }

  private Manifest manifest(Descriptor descriptor) {
    ManifestDocument document =
        ManifestDocument.parse(
            blobs.read(descriptor.digest()), descriptor.mediaType(), "a stored manifest");
    if (document instanceof Manifest manifest) {
      return manifest;
    }
    throw new EngineException(Kind.INVALID, "the store's " + descriptor.digest() + " is no image");
  }

  private ImageConfig config(Manifest manifest) {
    return ImageConfig.parse(blobs.read(manifest.config().digest()), "a stored configuration");
  }

  /** The manifests that a name or an id stands for, in the order of the index. */
  private List<Digest> lookUp(String nameOrId) {
    List<Entry> entries = index.read();
    Map<Digest, ImageSummary> summaries = summaries(entries);
    List<Digest> named =
        names(entries, nameOrId).stream()
            .map(entry -> entry.manifest().digest())
            .filter(summaries::containsKey)
            .distinct()
            .toList();
    if (!named.isEmpty()) {
      return named;
    }
    List<Digest> found =
        summaries.entrySet().stream()
            .filter(image -> ImageNames.isIdOf(nameOrId, image.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (found.stream().map(digest -> summaries.get(digest).id()).distinct().count() > 1) {
      throw new EngineException(
          Kind.INVALID,
          "several image ids start with " + Printable.of(nameOrId),
          "give more digits of the id");
    }
    return found;
  }

  private static List<Entry> names(List<Entry> entries, String nameOrId) {
    return entries.stream().filter(entry -> ImageNames.isNameOf(nameOrId, entry)).toList();
  }

  private static EngineException notFound(String nameOrId, String what) {
    return new EngineException(
        Kind.NOT_FOUND,
        "no such image: " + Printable.of(nameOrId) + what,
        "see which there are with images, or pull it first");
  }
}
