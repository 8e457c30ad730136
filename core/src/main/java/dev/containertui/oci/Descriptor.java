package dev.containertui.oci;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Points at content by digest and size (image-spec, descriptor.md). Its {@code urls} are not read:
 * content comes from the registry that was asked, and from nowhere else.
 *
 * @param sizeBytes 0 to 2^63 − 1
 * @param platform of an image manifest in an index
 * @param artifactType of a manifest that is not an image
 */
public record Descriptor(
    String mediaType,
    Digest digest,
    long sizeBytes,
    Optional<Platform> platform,
    Optional<String> artifactType,
    Map<String, String> annotations) {

  public Descriptor {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("negative size: " + sizeBytes);
    }
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  /** A descriptor with nothing but the three fields that every one has. */
  public static Descriptor of(String mediaType, Digest digest, long sizeBytes) {
    return new Descriptor(
        mediaType, digest, sizeBytes, Optional.empty(), Optional.empty(), Map.of());
  }

  /**
   * Reads a descriptor.
   *
   * @throws dev.containertui.error.EngineException CORRUPT
   */
  public static Descriptor fromJson(JsonObject json) {
    return new Descriptor(
        json.string("mediaType"),
        json.digest("digest"),
        json.size("size"),
        json.optionalObject("platform").map(Platform::fromJson),
        json.optionalString("artifactType").filter(type -> !type.isEmpty()),
        json.stringMap("annotations"));
  }

  public ObjectNode toJson() {
    ObjectNode json = JsonObject.create();
    json.put("mediaType", mediaType);
    artifactType.ifPresent(type -> json.put("artifactType", type));
    json.put("digest", digest.toString());
    json.put("size", sizeBytes);
    platform.ifPresent(
        p -> {
          ObjectNode object = json.putObject("platform");
          object.put("architecture", p.architecture());
          object.put("os", p.os());
          p.variant().ifPresent(variant -> object.put("variant", variant));
        });
    if (!annotations.isEmpty()) {
      ObjectNode object = json.putObject("annotations");
      annotations.forEach(object::put);
    }
    return json;
  }

  public Descriptor withPlatform(Platform platform) {
    return new Descriptor(
        mediaType, digest, sizeBytes, Optional.of(platform), artifactType, annotations);
  }

  public Descriptor withAnnotations(Map<String, String> annotations) {
    return new Descriptor(mediaType, digest, sizeBytes, platform, artifactType, annotations);
  }
}
