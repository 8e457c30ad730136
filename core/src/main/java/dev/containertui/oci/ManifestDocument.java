package dev.containertui.oci;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.Optional;
import java.util.Set;

/** What a registry keeps under a tag: one image, or an index of several. */
public sealed interface ManifestDocument permits Manifest, Index {
  /** Content types of servers that do not know what they deliver. */
  Set<String> UNTYPED =
      Set.of(
          "", "application/json", "application/octet-stream", "binary/octet-stream", "text/plain");

  /** One of the four media types of {@link MediaTypes#MANIFEST_ACCEPT}. */
  String mediaType();

  /**
   * Reads a manifest or an index. What it is follows from {@code contentType} and the document's
   * own {@code mediaType}, which must agree: bytes that one reader takes for an image and another
   * for an index are refused (CVE-2021-41190).
   *
   * @param contentType of the response or the descriptor, without parameters; empty if the source
   *     did not say
   * @param where what the bytes are, for error messages
   * @throws EngineException CORRUPT; INVALID if it is of a kind that is not supported
   */
  static ManifestDocument parse(byte[] bytes, String contentType, String where) {
    if (MediaTypes.isSchema1(contentType)) {
      throw schema1(where);
    }
    JsonObject json = JsonObject.parse(bytes, where);
    long version = json.size("schemaVersion");
    if (version == 1) {
      throw schema1(where);
    }
    if (version != 2) {
      throw new EngineException(Kind.CORRUPT, where + ": schemaVersion is not 2");
    }
    Optional<String> own = json.optionalString("mediaType").filter(type -> !type.isEmpty());
    boolean typed = !UNTYPED.contains(contentType);
    if (typed && own.isPresent() && !own.get().equals(contentType)) {
      throw new EngineException(
          Kind.CORRUPT,
          where
              + " is declared as "
              + Printable.of(contentType)
              + " but says of itself that it is "
              + Printable.of(own.get()));
    }
    String mediaType = typed ? contentType : own.orElse(contentType);
    if (MediaTypes.isIndex(mediaType)) {
      refuse(json, mediaType, "layers", "config", "fsLayers");
      return Index.fromJson(mediaType, json);
    }
    if (MediaTypes.isManifest(mediaType)) {
      refuse(json, mediaType, "manifests", "fsLayers");
      return Manifest.fromJson(mediaType, json);
    }
    throw new EngineException(
        Kind.INVALID,
        where + " is not an image but " + Printable.of(mediaType.isEmpty() ? "?" : mediaType),
        "only OCI images and Docker images (schema 2) are supported");
  }

  private static void refuse(JsonObject json, String mediaType, String... fields) {
    for (String field : fields) {
      if (json.has(field)) {
        throw json.wrong(field, "does not belong into " + mediaType);
      }
    }
  }

  private static EngineException schema1(String where) {
    return new EngineException(
        Kind.INVALID,
        where + " has Docker's manifest format \"schema 1\", which is not supported",
        "the format is obsolete since 2017: push the image again with a current tool");
  }
}
