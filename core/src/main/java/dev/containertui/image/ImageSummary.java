package dev.containertui.image;

import dev.containertui.oci.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An image in the store.
 *
 * @param id digest of its configuration, {@code sha256:…}, as Docker's image id
 * @param digest digest of its manifest, {@code sha256:…}
 * @param references full names, {@code registry/repository:tag}; empty for a dangling image
 * @param sizeBytes sum of the compressed layers
 * @param created from its configuration
 */
public record ImageSummary(
    String id,
    String digest,
    List<String> references,
    Platform platform,
    long sizeBytes,
    Optional<Instant> created) {
  public ImageSummary {
    references = List.copyOf(references);
  }
}
