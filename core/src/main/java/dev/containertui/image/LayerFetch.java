package dev.containertui.image;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Reference;
import dev.containertui.registry.RegistryClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Brings layers into the store, a few at a time. */
final class LayerFetch {
  private static final int AT_ONCE = 3;

  private final RegistryClient registry;
  private final BlobStore blobs;
  private final StoreLock lock;
  private final Reference reference;
  private final PullProgress progress;

  LayerFetch(
      RegistryClient registry,
      BlobStore blobs,
      StoreLock lock,
      Reference reference,
      PullProgress progress) {
    this.registry = registry;
    this.blobs = blobs;
    this.lock = lock;
    this.reference = reference;
    this.progress = progress;
  }

  /** Fetches layers with different digests. The first failure ends all transfers. */
  void fetch(List<Descriptor> layers) {
    requireSpace(layers);
    new Transfers(AT_ONCE, "pull of " + name()).run(layers, this::fetch);
  }

  /** Sizes are what the manifest claims; a claim that does not fit is not even begun. */
  private void requireSpace(List<Descriptor> layers) {
    long missing = 0;
    for (Descriptor layer : layers) {
      if (!blobs.has(layer)) {
        long sum = missing + layer.sizeBytes();
        missing = sum < 0 ? Long.MAX_VALUE : sum;
      }
    }
    long free = blobs.freeBytes();
    if (missing > free) {
      throw new EngineException(
          Kind.EXHAUSTED,
          "not enough space for %s: its layers need %d MB, the disk has %d MB"
              .formatted(name(), (missing >> 20) + 1, free >> 20),
          "free some space, for example by removing images that are not needed");
    }
  }

  private void fetch(Descriptor layer) {
    if (blobs.has(layer)) {
      progress.send(new PullEvent.Downloaded(layer.digest().toString(), true));
      return;
    }
    Optional<StoreLock.Held> held = lock.tryFetch(layer.digest());
    if (held.isEmpty()) {
      fetchApart(layer);
    } else {
      try (var _ = held.get()) {
        if (blobs.has(layer)) { // Another pull was faster.
          progress.send(new PullEvent.Downloaded(layer.digest().toString(), true));
          return;
        }
        transfer(layer, blobs.partial(layer.digest()));
      }
    }
    progress.send(new PullEvent.Downloaded(layer.digest().toString(), false));
  }

  /** Another process has the usual file: instead of waiting for it, fetch into one of our own. */
  private void fetchApart(Descriptor layer) {
    Path file = blobs.temporary();
    try {
      transfer(layer, file);
    } finally {
      BlobStore.deleteQuietly(file);
    }
  }

  private void transfer(Descriptor layer, Path file) {
    registry.download(reference, layer, file, bytes -> progress.arrived(layer, bytes));
    blobs.adopt(file, layer.digest());
  }

  private String name() {
    return reference.familiar();
  }
}
