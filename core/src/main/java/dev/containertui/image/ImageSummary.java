package dev.containertui.image;

import dev.containertui.oci.Platform;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image in the store.
 *
 * @param id digest of its configuration, {@code sha256:…}, as Docker's image id
 * @param digest digest of its manifest, {@code sha256:…}
 * @param references full names, {@code registry/repository:tag}; empty for a dangling image
 * @param sizeBytes sum of the compressed layers
 * @param created from its configuration
 * @param repositoryDigests what its names stand for in their registries: {@code
 *     registry/repository@sha256:…}, the digest being that of the index if there is one; each once
 * @param labels from its configuration
 */
public record ImageSummary(
    String id,
    String digest,
    List<String> references,
    Platform platform,
    long sizeBytes,
    Optional<Instant> created,
    List<String> repositoryDigests,
    Map<String, String> labels) {
  public ImageSummary {
    references = List.copyOf(references);
    repositoryDigests = List.copyOf(repositoryDigests);
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /** An image without repository digests and labels. */
  public ImageSummary(
      String id,
      String digest,
      List<String> references,
      Platform platform,
      long sizeBytes,
      Optional<Instant> created) {
    this(id, digest, references, platform, sizeBytes, created, List.of(), Map.of());
  }
}
