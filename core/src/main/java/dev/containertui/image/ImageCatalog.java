package dev.containertui.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.FileStamp;
import dev.containertui.image.StoreIndex.Entry;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.ImageConfig;
import dev.containertui.oci.JsonObject;
import dev.containertui.oci.Manifest;
import dev.containertui.oci.ManifestDocument;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Printable;
import dev.containertui.oci.Reference;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Finds images in a store. What manifests and configurations say is remembered as long as their
 * files stay what they are, so that a list of many images is quick.
 */
final class ImageCatalog {
  private final StoreParts store;
  private final Map<Digest, Parsed> remembered = new ConcurrentHashMap<>();

  /**
   * What the two documents of an image say.
   *
   * @param stamps of their files
   */
  private record Parsed(String stamps, Manifest manifest, ImageConfig config) {}

  ImageCatalog(StoreParts store) {
    this.store = store;
  }

  /** See {@link ImageStore#list}. */
  List<ImageSummary> list() {
    return summaries(store.index().read()).values().stream()
        .sorted(
            Comparator.comparing(
                    (ImageSummary s) -> s.created().orElse(Instant.MIN), Comparator.reverseOrder())
                .thenComparing(ImageSummary::digest))
        .toList();
  }

  /** See {@link ImageStore#find(String, Optional)}. */
  Optional<ImageSummary> find(String nameOrId, Optional<Platform> platform) {
    List<Entry> entries = store.index().read();
    Map<Digest, ImageSummary> all = summaries(entries);
    List<ImageSummary> found = lookUp(entries, all, nameOrId).stream().map(all::get).toList();
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

  /** See {@link ImageStore#image}. */
  StoredImage image(String nameOrId, Optional<Platform> platform) {
    ImageSummary summary =
        find(nameOrId, platform)
            .orElseThrow(() -> notFound(nameOrId, platform.map(p -> " for " + p).orElse("")));
    return image(Digest.parse(summary.digest()));
  }

  /** See {@link ImageStore#image(Digest)}. */
  StoredImage image(Digest manifest) {
    return image(
        store.index().read().stream()
            .map(Entry::manifest)
            .filter(descriptor -> descriptor.digest().equals(manifest))
            .findFirst()
            .orElseThrow(() -> notFound(manifest.toString(), "")));
  }

  /** The image of a manifest. */
  StoredImage image(Descriptor descriptor) {
    Parsed parsed = parsed(descriptor);
    List<Entry> same =
        store.index().read().stream()
            .filter(entry -> entry.manifest().digest().equals(descriptor.digest()))
            .toList();
    List<Digest> diffIds = parsed.config().diffIds();
    if (same.isEmpty() || diffIds.size() != parsed.manifest().layers().size()) {
      throw notFound(descriptor.digest().toString(), "");
    }
    List<StoredLayer> layers = new ArrayList<>();
    for (Descriptor layer : parsed.manifest().layers()) {
      layers.add(
          new StoredLayer(layer, diffIds.get(layers.size()), store.blobs().path(layer.digest())));
    }
    return new StoredImage(
        summary(same, parsed), descriptor.digest(), parsed.manifest(), parsed.config(), layers);
  }

  /** See {@link ImageStore#inspectJson}. */
  String inspectJson(String nameOrId) {
    StoredImage image = image(nameOrId, Optional.empty());
    ImageSummary summary = image.summary();
    ObjectNode json = JsonObject.create();
    json.put("id", summary.id());
    json.put("digest", summary.digest());
    ArrayNode references = json.putArray("references");
    summary.references().forEach(references::add);
    ArrayNode digests = json.putArray("repositoryDigests");
    summary.repositoryDigests().forEach(digests::add);
    json.put("platform", summary.platform().toString());
    json.put("sizeBytes", summary.sizeBytes());
    summary.created().ifPresent(created -> json.put("created", created.toString()));
    Digest config = image.manifest().config().digest();
    json.set("manifest", document(image.manifestDigest()));
    json.set("config", document(config));
    return JsonObject.pretty(json);
  }

  private ObjectNode document(Digest digest) {
    return JsonObject.parse(store.blobs().read(digest), digest.toString()).copy();
  }

  /** The images of entries, by the digests of their manifests; those that are whole. */
  Map<Digest, ImageSummary> summaries(List<Entry> entries) {
    Map<Digest, List<Entry>> byImage = new LinkedHashMap<>();
    for (Entry entry : entries) {
      byImage.computeIfAbsent(entry.manifest().digest(), d -> new ArrayList<>()).add(entry);
    }
    remembered.keySet().retainAll(byImage.keySet());
    Map<Digest, ImageSummary> summaries = new LinkedHashMap<>();
    byImage.forEach(
        (digest, same) -> {
          try {
            summaries.put(digest, summary(same, parsed(same.getFirst().manifest())));
          } catch (EngineException e) {
            if (e.kind() == Kind.UNAVAILABLE || e.kind() == Kind.CANCELLED) {
              throw e;
            }
            // Damaged, or put there by another tool and no image: a pull repairs it.
          }
        });
    return summaries;
  }

  private static ImageSummary summary(List<Entry> same, Parsed parsed) {
    return new ImageSummary(
        parsed.manifest().config().digest().toString(),
        same.getFirst().manifest().digest().toString(),
        same.stream().flatMap(entry -> entry.name().stream()).distinct().toList(),
        parsed.config().platform(),
        parsed.manifest().layerBytes(),
        parsed.config().created(),
        same.stream().flatMap(ImageCatalog::repositoryDigest).distinct().toList(),
        parsed.config().execution().labels());
  }

  private static Stream<String> repositoryDigest(Entry entry) {
    try {
      return entry.name().stream()
          .map(Reference::parse)
          .map(name -> name.digest().isPresent() ? name : name.withDigest(target(entry)))
          .map(Reference::toString);
    } catch (EngineException notAReference) {
      return Stream.empty(); // Another tool's entry.
    }
  }

  private static Digest target(Entry entry) {
    return entry.chosenFrom().orElse(entry.manifest().digest());
  }

  private Parsed parsed(Descriptor descriptor) {
    Parsed known = remembered.get(descriptor.digest());
    if (known != null
        && known.manifest().mediaType().equals(descriptor.mediaType())
        && known.stamps().equals(stamps(descriptor.digest(), known.manifest()))) {
      return known;
    }
    ManifestDocument document =
        ManifestDocument.parse(
            store.blobs().read(descriptor.digest()), descriptor.mediaType(), "a stored manifest");
    if (!(document instanceof Manifest manifest)) {
      throw new EngineException(
          Kind.INVALID, "the store's " + descriptor.digest() + " is no image");
    }
    String stamps = stamps(descriptor.digest(), manifest); // Before it is read: it may change.
    byte[] config = store.blobs().read(manifest.config().digest());
    Parsed parsed =
        new Parsed(stamps, manifest, ImageConfig.parse(config, "a stored configuration"));
    remembered.put(descriptor.digest(), parsed);
    return parsed;
  }

  private String stamps(Digest digest, Manifest manifest) {
    try {
      return FileStamp.of(store.blobs().path(digest))
          + FileStamp.of(store.blobs().path(manifest.config().digest()));
    } catch (IOException e) {
      return ""; // Missing, most likely; the reader says so.
    }
  }

  /**
   * The manifests that a name or an id stands for, in the order of the index.
   *
   * @throws EngineException INVALID if it is a prefix of several ids
   */
  static List<Digest> lookUp(
      List<Entry> entries, Map<Digest, ImageSummary> summaries, String nameOrId) {
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

  /** The entries whose name is meant. */
  static List<Entry> names(List<Entry> entries, String nameOrId) {
    return entries.stream().filter(entry -> ImageNames.isNameOf(nameOrId, entry)).toList();
  }

  static EngineException notFound(String nameOrId, String what) {
    return new EngineException(
        Kind.NOT_FOUND,
        "no such image: " + Printable.of(nameOrId) + what,
        "see which there are with images, or pull it first");
  }
}
