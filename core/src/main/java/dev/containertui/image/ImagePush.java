package dev.containertui.image;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.image.StoreIndex.Entry;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.Index;
import dev.containertui.oci.Manifest;
import dev.containertui.oci.ManifestDocument;
import dev.containertui.oci.MediaTypes;
import dev.containertui.oci.Reference;
import dev.containertui.registry.RegistryClient;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One push: blobs first, then manifests, then the index, the tag last; so that whatever is in the
 * registry is complete below itself.
 */
final class ImagePush {
  private static final int AT_ONCE = 3;

  private final StoreParts store;
  private final ImageCatalog catalog;
  private final RegistryClient registry;
  private final Reference reference;
  private final PushProgress progress;

  ImagePush(
      StoreParts store,
      ImageCatalog catalog,
      RegistryClient registry,
      Reference reference,
      Consumer<PushEvent> listener) {
    this.store = store;
    this.catalog = catalog;
    this.registry = registry;
    this.reference = reference;
    progress = new PushProgress(listener);
  }

  /** What the registry has under the name at the end. */
  Digest run() {
    if (reference.digest().isPresent()) {
      throw new EngineException(
          Kind.INVALID,
          "a name with a digest cannot be pushed to: " + reference.familiar(),
          "give the image a name with a tag first");
    }
    try (var _ = store.lock().use()) { // Nothing is removed from under the transfers.
      List<Entry> entries =
          store.index().read().stream()
              .filter(entry -> entry.name().equals(Optional.of(reference.toString())))
              .toList();
      Optional<Digest> index = completeIndex(entries);
      return index.isPresent() ? pushIndex(index.get()) : pushImage(entries);
    }
  }

  private Digest pushImage(List<Entry> entries) {
    if (entries.isEmpty()) {
      throw new EngineException(
          Kind.NOT_FOUND,
          "no image has the name " + reference.familiar(),
          "give it the name first: container-tui tag IMAGE " + reference.familiar());
    }
    StoredImage image = catalog.image(reference.toString(), Optional.empty());
    sendBlobs(List.of(image.manifest()));
    putManifest(reference, image.manifestDigest(), image.manifest().mediaType());
    forgetIndex(image.manifestDigest());
    return image.manifestDigest();
  }

  /** The name no longer stands for the index that its image was once chosen from. */
  private void forgetIndex(Digest pushed) {
    store.change(
        entries ->
            entries.stream()
                .map(
                    entry ->
                        entry.name().equals(Optional.of(reference.toString()))
                                && entry.manifest().digest().equals(pushed)
                            ? new Entry(entry.name(), entry.manifest(), Optional.empty())
                            : entry)
                .toList());
  }

  /** The index that the name stands for, if all of its images are here. */
  private Optional<Digest> completeIndex(List<Entry> entries) {
    List<Optional<Digest>> indexes = entries.stream().map(Entry::chosenFrom).distinct().toList();
    if (indexes.size() != 1 || indexes.getFirst().isEmpty()) {
      return Optional.empty();
    }
    try {
      boolean complete =
          index(indexes.getFirst().get()).manifests().stream()
              .allMatch(
                  child ->
                      MediaTypes.isManifest(child.mediaType())
                          && store.blobs().has(child)
                          && isComplete(manifest(child)));
      return indexes.getFirst().filter(digest -> complete);
    } catch (EngineException damaged) {
      return Optional.empty();
    }
  }

  private boolean isComplete(Manifest manifest) {
    return store.blobs().has(manifest.config())
        && manifest.layers().stream().allMatch(store.blobs()::has);
  }

  private Index index(Digest digest) {
    if (ManifestDocument.parse(store.blobs().read(digest), "", "a stored index")
        instanceof Index index) {
      return index;
    }
    throw new EngineException(Kind.CORRUPT, "the store's " + digest + " is no index");
  }

  private Manifest manifest(Descriptor descriptor) {
    if (ManifestDocument.parse(
            store.blobs().read(descriptor.digest()), descriptor.mediaType(), "a stored manifest")
        instanceof Manifest manifest) {
      return manifest;
    }
    throw new EngineException(
        Kind.CORRUPT, "the store's " + descriptor.digest() + " is no manifest");
  }

  private Digest pushIndex(Digest digest) {
    Index index = index(digest);
    sendBlobs(index.manifests().stream().map(this::manifest).toList());
    for (Descriptor child : index.manifests()) {
      putManifest(reference.withDigest(child.digest()), child.digest(), child.mediaType());
    }
    putManifest(reference, digest, index.mediaType());
    return digest;
  }

  private void putManifest(Reference to, Digest digest, String mediaType) {
    registry.putManifest(to, digest, mediaType, store.blobs().read(digest));
  }

  private void sendBlobs(List<Manifest> manifests) {
    Map<Digest, Descriptor> blobs = new LinkedHashMap<>();
    for (Manifest manifest : manifests) {
      manifest.layers().forEach(layer -> blobs.putIfAbsent(layer.digest(), layer));
      blobs.putIfAbsent(manifest.config().digest(), manifest.config());
    }
    Map<Digest, String> elsewhere = elsewhere();
    new Transfers(AT_ONCE, "push of " + reference.familiar())
        .run(
            List.copyOf(blobs.values()),
            blob -> send(blob, Optional.ofNullable(elsewhere.get(blob.digest()))));
  }

  private void send(Descriptor blob, Optional<String> mountFrom) {
    if (!store.blobs().has(blob)) {
      throw new EngineException(
          Kind.CORRUPT,
          "the image store lacks a part of " + reference.familiar() + ": " + blob.digest(),
          "pull the image again");
    }
    boolean sent =
        registry.upload(
            reference,
            blob,
            store.blobs().path(blob.digest()),
            mountFrom,
            bytes -> progress.sent(blob, bytes));
    progress.send(
        sent
            ? new PushEvent.Sent(blob.digest(), blob.sizeBytes())
            : new PushEvent.Present(blob.digest(), blob.sizeBytes()));
  }

  /** For each blob another repository of the same registry that has it, if our names tell. */
  private Map<Digest, String> elsewhere() {
    Map<Digest, String> repositories = new HashMap<>();
    for (Entry entry : store.index().read()) {
      try {
        Optional<Reference> name = entry.name().map(Reference::parse);
        boolean useful =
            name.isPresent()
                && name.get().registry().equals(reference.registry())
                && !name.get().repository().equals(reference.repository());
        if (useful) {
          Manifest manifest = manifest(entry.manifest());
          String repository = name.get().repository();
          manifest.layers().forEach(l -> repositories.putIfAbsent(l.digest(), repository));
          repositories.putIfAbsent(manifest.config().digest(), repository);
        }
      } catch (EngineException notOurs) {
        continue; // Another tool's entry, or damaged.
      }
    }
    return repositories;
  }
}
