package dev.containertui.registry;

import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.ManifestDocument;

/**
 * A manifest or index as it came, and what it says.
 *
 * @param digest of exactly these bytes
 */
public record FetchedManifest(byte[] bytes, Digest digest, ManifestDocument document) {
  public Descriptor descriptor() {
    return Descriptor.of(document.mediaType(), digest, bytes.length);
  }
}
