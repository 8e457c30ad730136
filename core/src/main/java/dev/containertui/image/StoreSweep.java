package dev.containertui.image;

import dev.containertui.image.StoreIndex.Entry;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.Index;
import dev.containertui.oci.Manifest;
import dev.containertui.oci.ManifestDocument;
import dev.containertui.oci.MediaTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Removes blobs that no image needs. */
final class StoreSweep {
  private final StoreParts store;

  StoreSweep(StoreParts store) {
    this.store = store;
  }

  /** See {@link ImageStore#collectGarbage}. */
  long collectGarbage(Duration untouchedFor) {
    Instant before = Instant.now().minus(untouchedFor);
    long freed = 0;
    Optional<StoreLock.Held> held = store.lock().trySweep();
    if (held.isPresent()) {
      try (var _ = held.get()) {
        freed += store.blobs().deleteUnfinished(before);
      }
      freed += sweep(store.blobs().olderThan(before));
    }
    return freed;
  }

  /**
   * Removes those of {@code candidates} that no entry needs; nothing while blobs are in use.
   *
   * @return bytes freed
   */
  long sweep(Iterable<Digest> candidates) {
    Optional<StoreLock.Held> held = store.lock().trySweep();
    if (held.isEmpty()) {
      return 0;
    }
    try (var _ = held.get()) {
      Set<Digest> needed = new HashSet<>();
      store.index().read().forEach(entry -> needed.addAll(closure(entry)));
      long freed = 0;
      for (Digest candidate : candidates) {
        if (!needed.contains(candidate)) {
          freed += store.blobs().delete(candidate);
        }
      }
      return freed;
    }
  }

  /** Every blob that an entry keeps alive. What cannot be read keeps nothing else alive. */
  Set<Digest> closure(Entry entry) {
    Set<Digest> digests = new HashSet<>();
    entry.chosenFrom().ifPresent(digests::add);
    addClosure(entry.manifest(), digests);
    return digests;
  }

  private void addClosure(Descriptor descriptor, Set<Digest> digests) {
    if (!digests.add(descriptor.digest()) || !store.blobs().has(descriptor)) {
      return;
    }
    if (!MediaTypes.isManifest(descriptor.mediaType())
        && !MediaTypes.isIndex(descriptor.mediaType())) {
      return;
    }
    switch (ManifestDocument.parse(
        store.blobs().read(descriptor.digest()), descriptor.mediaType(), "a stored manifest")) {
      case Manifest manifest -> {
        digests.add(manifest.config().digest());
        manifest.layers().forEach(layer -> digests.add(layer.digest()));
      }
      case Index nested -> nested.manifests().forEach(child -> addClosure(child, digests));
    }
  }
}
