package dev.containertui.image;

import dev.containertui.error.EngineException;
import dev.containertui.image.ImageCommit.LayerWriter;
import dev.containertui.image.StoreIndex.Entry;
import dev.containertui.oci.Digest;
import dev.containertui.oci.Index;
import dev.containertui.oci.Manifest;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Reference;
import dev.containertui.registry.FetchedManifest;
import dev.containertui.registry.Login;
import dev.containertui.registry.RegistryClient;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
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
  /** Content of the file {@code oci-layout}. */
  static final String LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}";

  private final Path directory;
  private final Supplier<RegistryClient> registry;
  private final StoreParts parts;
  private final ImageCatalog catalog;
  private final StoreSweep sweep;

  private ImageStore(Path directory, Supplier<RegistryClient> registry) {
    this.directory = directory;
    this.registry = registry;
    BlobStore blobs = new BlobStore(directory);
    parts = new StoreParts(blobs, new StoreIndex(directory, blobs), StoreLock.of(directory));
    catalog = new ImageCatalog(parts);
    sweep = new StoreSweep(parts);
    try (var _ = parts.lock().index()) {
      if (!Files.exists(directory.resolve("index.json"))) {
        parts.index().write(List.of());
      }
      if (!Files.exists(directory.resolve("oci-layout"))) {
        blobs.replace(directory.resolve("oci-layout"), LAYOUT.getBytes(StandardCharsets.UTF_8));
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
   * @param login for this one time; empty: the client's
   * @param progress called from other threads, one call at a time
   * @throws EngineException NOT_FOUND also if there is no image for the platform; UNAUTHORIZED,
   *     UNAVAILABLE, TIMEOUT, CORRUPT, EXHAUSTED, CANCELLED; INVALID if it is no container image
   */
  public ImageSummary pull(
      Reference reference, Platform platform, Optional<Login> login, Consumer<PullEvent> progress) {
    try (var _ = parts.lock().use()) {
      RegistryClient client = client(reference.registry(), login);
      Entry pulled =
          new ImagePull(client, parts.blobs(), parts.lock(), reference, platform, progress).run();
      parts.change(entries -> StoreIndex.with(entries, pulled));
      return catalog.image(pulled.manifest()).summary();
    }
  }

  /** The same with the client's logins. */
  public ImageSummary pull(Reference reference, Platform platform, Consumer<PullEvent> progress) {
    return pull(reference, platform, Optional.empty(), progress);
  }

  private RegistryClient client(String host, Optional<Login> login) {
    RegistryClient client = registry.get();
    return login.map(shown -> client.withLogin(host, shown)).orElse(client);
  }

  /**
   * Sends an image to the registry of its name, three blobs at a time; only what is missing there
   * is transferred. If the name stands for an index and all its images are here, it is sent with
   * them; else the image for this host, or the newest one.
   *
   * @param reference a name in the store, with a tag
   * @param login for this one time; empty: the client's
   * @param progress called from other threads, one call at a time
   * @return digest of the manifest or index that the registry has under this name now
   * @throws EngineException NOT_FOUND, UNAUTHORIZED, UNAVAILABLE, TIMEOUT, CORRUPT, CANCELLED;
   *     INVALID for a name with a digest, which names one content for ever
   */
  public Digest push(Reference reference, Optional<Login> login, Consumer<PushEvent> progress) {
    return new ImagePush(parts, catalog, client(reference.registry(), login), reference, progress)
        .run();
  }

  /**
   * What a registry has under a name.
   *
   * @param login for this one time; empty: the client's
   * @throws EngineException NOT_FOUND, UNAUTHORIZED, UNAVAILABLE, TIMEOUT, CORRUPT, CANCELLED
   */
  public RemoteImage remote(Reference reference, Optional<Login> login) {
    RegistryClient client = client(reference.registry(), login);
    FetchedManifest found = client.manifest(reference);
    List<Platform> platforms =
        switch (found.document()) {
          case Index index -> index.platforms();
          case Manifest manifest -> List.of(client.platform(reference, manifest));
        };
    return new RemoteImage(reference.toString(), found.descriptor(), platforms);
  }

  /** See {@link RegistryClient#authenticate}. */
  public void authenticate(String host, Login login) {
    registry.get().withLogin(host, login).authenticate(host);
  }

  /** All images, newest first. Damaged ones are left out. */
  public List<ImageSummary> list() {
    return catalog.list();
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
    return catalog.find(nameOrId, platform);
  }

  /**
   * As {@link #find(String, Optional)}, with everything that is needed to run it.
   *
   * @throws EngineException NOT_FOUND; CORRUPT if the disk does not hold what it was given
   */
  public StoredImage image(String nameOrId, Optional<Platform> platform) {
    return catalog.image(nameOrId, platform);
  }

  /**
   * The image of a manifest, without a look at any other.
   *
   * @throws EngineException NOT_FOUND; CORRUPT if the disk does not hold what it was given
   */
  public StoredImage image(Digest manifest) {
    return catalog.image(manifest);
  }

  /** JSON object with the summary, and manifest and configuration as the registry has them. */
  public String inspectJson(String nameOrId) {
    return catalog.inspectJson(nameOrId);
  }

  /**
   * Gives an image a further name, which another image loses if it had it; that one stays, without
   * a name perhaps. Of a name that stands for images of several platforms, all get the new one.
   *
   * @throws EngineException NOT_FOUND; INVALID for a new name with a digest
   */
  public void tag(String nameOrId, Reference newName) {
    ImageNames.requireTag(newName);
    parts.change(
        entries -> {
          List<Entry> sources = ImageCatalog.names(entries, nameOrId);
          if (sources.isEmpty()) {
            Map<Digest, ImageSummary> images = catalog.summaries(entries);
            List<Digest> found = ImageCatalog.lookUp(entries, images, nameOrId);
            sources = entries.stream().filter(e -> found.contains(e.manifest().digest())).toList();
          }
          if (sources.isEmpty()) {
            throw ImageCatalog.notFound(nameOrId, "");
          }
          return StoreIndex.named(entries, sources, newName.toString());
        });
  }

  /**
   * Takes a name away, and the image with its last name; or, given an id, the image with all its
   * names. The rules are Docker's.
   *
   * @param force also if an id has several names, or if the image is in use: then only names go
   * @param inUse whether something needs the image
   * @return what was done
   * @throws EngineException NOT_FOUND; CONFLICT
   */
  public Removed remove(String nameOrId, boolean force, Predicate<ImageSummary> inUse) {
    return remove(
        entries -> {
          Map<Digest, ImageSummary> images = catalog.summaries(entries);
          ImageRemoval removal = new ImageRemoval(entries, images, force, inUse);
          removal.remove(
              nameOrId,
              ImageCatalog.names(entries, nameOrId),
              ImageCatalog.lookUp(entries, images, nameOrId));
          return removal;
        });
  }

  /**
   * Removes images with all their names.
   *
   * @param all also those that have a name
   * @param filter which of them
   * @param inUse which are needed and stay
   */
  public Removed prune(boolean all, Predicate<ImageSummary> filter, Predicate<ImageSummary> inUse) {
    return remove(
        entries -> {
          Map<Digest, ImageSummary> images = catalog.summaries(entries);
          ImageRemoval removal = new ImageRemoval(entries, images, true, inUse);
          images.forEach(
              (digest, image) -> {
                boolean wanted = all || image.references().isEmpty();
                if (wanted && !inUse.test(image) && filter.test(image)) {
                  removal.remove(digest);
                }
              });
          return removal;
        });
  }

  /**
   * What has been removed.
   *
   * @param lines one for each thing done: {@code Untagged: …}, {@code Deleted: …}
   * @param freedBytes of blobs that no other image needs
   */
  public record Removed(List<String> lines, long freedBytes) {
    public Removed {
      lines = List.copyOf(lines);
    }
  }

  private Removed remove(Function<List<Entry>, ImageRemoval> decide) {
    Set<Digest> candidates = new HashSet<>();
    List<String> done;
    try (var _ = parts.lock().index()) {
      ImageRemoval removal = decide.apply(parts.index().read());
      removal.deleted().forEach(entry -> candidates.addAll(sweep.closure(entry)));
      parts.index().write(removal.left());
      done = removal.done();
    }
    return new Removed(done, sweep.sweep(candidates));
  }

  /**
   * Makes an image of another one and a layer.
   *
   * @param base is not removed meanwhile
   * @param writer called once, in this thread
   * @throws EngineException INVALID if the changes are not understood; EXHAUSTED, CANCELLED
   */
  public ImageSummary commit(StoredImage base, ImageCommit commit, LayerWriter writer) {
    commit.name().ifPresent(ImageNames::requireTag);
    try (var _ = parts.lock().use()) {
      Entry made = new NewImage(parts).commit(base, commit, writer);
      return catalog.image(made.manifest()).summary();
    }
  }

  /**
   * Makes an image of a tar archive with a whole file system.
   *
   * @param archive plain, or compressed with gzip or zstd; read to its end, not closed
   * @throws EngineException INVALID; CORRUPT if it is no tar archive; EXHAUSTED, CANCELLED
   */
  public ImageSummary importRoot(InputStream archive, ImageCommit commit, Platform platform) {
    commit.name().ifPresent(ImageNames::requireTag);
    try (var _ = parts.lock().use()) {
      Entry made =
          new NewImage(parts).importRoot(commit, platform, new CheckedArchive(archive)::copyTo);
      return catalog.image(made.manifest()).summary();
    }
  }

  /**
   * Writes images as an archive: an OCI image layout, with {@code manifest.json} for tools that
   * know Docker's format only.
   *
   * @param references nothing is written if one of them does not exist
   * @throws EngineException NOT_FOUND, UNAVAILABLE
   */
  public void save(List<String> references, OutputStream target) {
    try (var _ = parts.lock().use()) {
      new ImageArchiveWriter(parts, catalog).write(references, target);
    }
  }

  /**
   * Reads images of an archive: an OCI image layout or Docker's format, plain or compressed with
   * gzip or zstd. If it fails, the store has the images that it had before.
   *
   * @param archive read to its end, not closed
   * @return full names of what was read; ids of images without a name
   * @throws EngineException INVALID if there are no images in it; CORRUPT, EXHAUSTED, CANCELLED
   */
  public List<String> load(InputStream archive) {
    try (var _ = parts.lock().use()) {
      return new ImageArchiveReader(parts, catalog).read(archive);
    }
  }

  /**
   * Removes those layers of an image that the disk no longer holds as they were stored; to be
   * called when unpacking one of them failed. The next pull fetches them again.
   */
  public void dropDamagedLayers(StoredImage image) {
    image.layers().stream()
        .filter(layer -> !parts.blobs().isSound(layer.descriptor()))
        .forEach(layer -> parts.blobs().delete(layer.descriptor().digest()));
  }

  /**
   * Removes what no image needs and nobody has touched for a while: remains of failed pulls. Does
   * nothing while a pull is under way.
   *
   * @return bytes freed
   */
  public long collectGarbage(Duration untouchedFor) {
    return sweep.collectGarbage(untouchedFor);
  }
}
