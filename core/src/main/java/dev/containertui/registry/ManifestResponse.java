package dev.containertui.registry;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Descriptor;
import dev.containertui.oci.Digest;
import dev.containertui.oci.ManifestDocument;
import dev.containertui.oci.MediaTypes;
import dev.containertui.oci.Printable;
import dev.containertui.oci.Reference;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Response;

/** What a registry delivers as a manifest, checked: size, digest, media type. */
final class ManifestResponse {
  /** Registries must be able to keep manifests of this size (distribution-spec); more is abuse. */
  private static final int MAX_MANIFEST_BYTES = 4 << 20;

  private ManifestResponse() {}

  /**
   * @param expected what an index says of it; empty if it was asked for by a name
   */
  static FetchedManifest read(Response response, Reference reference, Optional<Descriptor> expected)
      throws IOException {
    String name = RegistryErrors.name(reference);
    if (response.code() != 200) {
      throw RegistryErrors.of(response, reference, "image not found: " + name);
    }
    int limit =
        (int)
            Math.min(
                MAX_MANIFEST_BYTES, expected.map(Descriptor::sizeBytes).orElse(Long.MAX_VALUE));
    byte[] bytes = response.body().byteStream().readNBytes(limit + 1);
    if (bytes.length > limit || expected.map(d -> d.sizeBytes() != bytes.length).orElse(false)) {
      throw new EngineException(
          Kind.CORRUPT,
          "the manifest of "
              + name
              + (bytes.length > limit ? " is larger than " : " is smaller than ")
              + expected.map(Descriptor::sizeBytes).orElse((long) limit)
              + " bytes");
    }
    String served = MediaTypes.withoutParameters(response.header("Content-Type", ""));
    if (expected.isPresent()
        && !ManifestDocument.UNTYPED.contains(served)
        && !served.equals(expected.get().mediaType())) {
      throw new EngineException(
          Kind.CORRUPT,
          "the manifest of "
              + name
              + " is delivered as "
              + Printable.of(served)
              + ", but its index says "
              + Printable.of(expected.get().mediaType()));
    }
    return new FetchedManifest(
        bytes,
        verifiedDigest(response, reference, bytes),
        ManifestDocument.parse(
            bytes, expected.map(Descriptor::mediaType).orElse(served), "the manifest of " + name));
  }

  /** The digest that was asked for or, of a tag, the one that the registry claims; checked. */
  private static Digest verifiedDigest(Response response, Reference reference, byte[] bytes) {
    String claimed = response.header("Docker-Content-Digest", "").strip();
    if (!claimed.isEmpty() && !Digest.parse(claimed).matches(bytes)) {
      throw digestMismatch(reference, "its header");
    }
    if (reference.digest().isPresent()) {
      if (!reference.digest().get().matches(bytes)) {
        throw digestMismatch(reference, "the digest that was asked for");
      }
      return reference.digest().get();
    }
    return Digest.sha256(bytes);
  }

  private static EngineException digestMismatch(Reference reference, String than) {
    return new EngineException(
        Kind.CORRUPT,
        "the manifest of " + RegistryErrors.name(reference) + " has another digest than " + than,
        "do not trust this registry, or a proxy in between, before this is explained");
  }
}
