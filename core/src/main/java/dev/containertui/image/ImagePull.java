package dev.containertui.image;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.StoreIndex.Entry;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.ImageConfig;
import dev.containertui.oci.Index;
import dev.containertui.oci.Manifest;
import dev.containertui.oci.ManifestDocument;
import dev.containertui.oci.Platform;
import dev.containertui.oci.Reference;
import dev.containertui.registry.FetchedManifest;
import dev.containertui.registry.RegistryClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One pull: from a name to a manifest, from there to the configuration and the layers. Blobs come
 * first, documents that point at them after them, so that whatever is in the store is complete
 * below itself.
 */
final class ImagePull {
  private static final int MAX_INDEX_DEPTH = 4;

  private final RegistryClient registry;
  private final BlobStore blobs;
  private final StoreLock lock;
  private final Reference reference;
  private final Platform platform;
  private final PullProgress progress;

  ImagePull(
      RegistryClient registry,
      BlobStore blobs,
      StoreLock lock,
      Reference reference,
      Platform platform,
      Consumer<PullEvent> listener) {
    this.registry = registry;
    this.blobs = blobs;
    this.lock = lock;
    this.reference = reference;
    this.platform = platform;
    progress = new PullProgress(listener);
  }

  /**
   * Fetches everything.
   *
   * @return the entry for the index, not yet in it
   */
  Entry run() {
    progress.send(new PullEvent.Resolving(reference.toString()));
    FetchedManifest root = fetchRoot();
    FetchedManifest chosen = choose(root, 0);
    if (!(chosen.document() instanceof Manifest manifest)) {
      throw new EngineException(Kind.INTERNAL, "chose an index: " + chosen.digest());
    }
    ImageChecks.requireImage(manifest, name());
    byte[] configBytes = fetchConfig(manifest.config());
    ImageConfig config = ImageConfig.parse(configBytes, "the configuration of " + name());
    requireFit(manifest, config, root.document());

    Map<Digest, Descriptor> layers = new LinkedHashMap<>();
    for (Descriptor layer : manifest.layers()) {
      Descriptor twin = layers.putIfAbsent(layer.digest(), layer);
      if (twin != null && twin.sizeBytes() != layer.sizeBytes()) {
        throw corrupt("says two sizes of one layer");
      }
    }
    progress.send(
        new PullEvent.Resolved(
            reference.toString(),
            chosen.digest().toString(),
            layers.values().stream()
                .map(l -> new PullEvent.Layer(l.digest().toString(), l.sizeBytes()))
                .toList()));
    new LayerFetch(registry, blobs, lock, reference, progress).fetch(List.copyOf(layers.values()));

    blobs.put(manifest.config().digest(), configBytes);
    blobs.put(chosen.digest(), chosen.bytes());
    boolean indirect = !root.digest().equals(chosen.digest());
    if (indirect) {
      blobs.put(root.digest(), root.bytes());
    }
    Platform actual = config.platform().isKnown() ? config.platform() : platform;
    return new Entry(
        Optional.of(ImageNames.nameOf(reference)),
        chosen.descriptor().withPlatform(actual),
        Optional.of(root.digest()).filter(digest -> indirect));
  }

  private FetchedManifest fetchRoot() {
    return registry.manifest(reference);
  }

  private FetchedManifest fetch(Descriptor descriptor) {
    if (blobs.has(descriptor)) {
      try {
        byte[] bytes = blobs.read(descriptor.digest());
        return new FetchedManifest(
            bytes,
            descriptor.digest(),
            ManifestDocument.parse(bytes, descriptor.mediaType(), "the manifest of " + name()));
      } catch (EngineException damaged) {
        return registry.manifest(reference, descriptor);
      }
    }
    return registry.manifest(reference, descriptor);
  }

  /** The manifest for the platform, through an index or a few. */
  private FetchedManifest choose(FetchedManifest from, int depth) {
    return switch (from.document()) {
      case Manifest _ -> from;
      case Index index -> {
        if (depth == MAX_INDEX_DEPTH) {
          throw corrupt("is an index of indexes of indexes without end");
        }
        Descriptor entry =
            index.choose(platform).orElseThrow(() -> notForPlatform(index.platforms()));
        yield choose(fetch(entry), depth + 1);
      }
    };
  }

  private byte[] fetchConfig(Descriptor descriptor) {
    if (blobs.has(descriptor) && descriptor.sizeBytes() <= ImageConfig.MAX_BYTES) {
      try {
        return blobs.read(descriptor.digest());
      } catch (EngineException damaged) {
        // Fetched again below.
      }
    }
    return registry.blob(
        reference, descriptor, ImageConfig.MAX_BYTES, "the configuration of " + name());
  }

  private void requireFit(Manifest manifest, ImageConfig config, ManifestDocument root) {
    ImageChecks.requireLayers(manifest.layers().size(), config, name());
    if (config.platform().isKnown() && !platform.runs(config.platform())) {
      throw notForPlatform(
          root instanceof Index index && !index.platforms().isEmpty()
              ? index.platforms()
              : List.of(config.platform()));
    }
  }

  private EngineException notForPlatform(List<Platform> offered) {
    String list =
        offered.stream()
            .limit(12)
            .map(Platform::toString)
            .reduce((a, b) -> a + ", " + b)
            .orElse("no platform at all");
    return new EngineException(
        Kind.NOT_FOUND,
        name() + " is not available for " + platform,
        "it is for " + list + "; choose with --platform");
  }

  private EngineException corrupt(String how) {
    return ImageChecks.corrupt(name(), how);
  }

  private String name() {
    return reference.familiar();
  }
}
