package dev.containertui.oci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One name for several images, one per platform (image-spec, image-index.md; Docker's manifest
 * list).
 */
public record Index(String mediaType, List<Descriptor> manifests, Map<String, String> annotations)
    implements ManifestDocument {

  public Index {
    manifests = List.copyOf(manifests);
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  public static Index of(List<Descriptor> manifests) {
    return new Index(MediaTypes.OCI_INDEX, manifests, Map.of());
  }

  static Index fromJson(String mediaType, JsonObject json) {
    return new Index(
        mediaType,
        json.objects("manifests").stream().map(Descriptor::fromJson).toList(),
        json.stringMap("annotations"));
  }

  public ObjectNode toJson() {
    ObjectNode json = JsonObject.create();
    json.put("schemaVersion", 2);
    json.put("mediaType", mediaType);
    ArrayNode array = json.putArray("manifests");
    manifests.forEach(manifest -> array.add(manifest.toJson()));
    if (!annotations.isEmpty()) {
      ObjectNode object = json.putObject("annotations");
      annotations.forEach(object::put);
    }
    return json;
  }

  /**
   * The entry to take on {@code platform}: the best variant that runs there, and the first entry of
   * that variant. An entry that does not say its platform is taken only if no other one fits.
   * Entries that are no images (attestations, artifacts, unknown media types) are passed over.
   */
  public Optional<Descriptor> choose(Platform platform) {
    Stream<Descriptor> named =
        platform.runnable().stream()
            .flatMap(p -> images().filter(d -> d.platform().equals(Optional.of(p))));
    return Stream.concat(named, images().filter(d -> d.platform().isEmpty())).findFirst();
  }

  /** The platforms of all images in the index, in its order, each once. */
  public List<Platform> platforms() {
    return images().flatMap(d -> d.platform().stream()).distinct().toList();
  }

  /** The entries that are images or indexes of images; no attestations and the like. */
  public Stream<Descriptor> images() {
    return manifests.stream()
        .filter(d -> MediaTypes.isManifest(d.mediaType()) || MediaTypes.isIndex(d.mediaType()))
        .filter(d -> d.artifactType().isEmpty())
        .filter(d -> !d.annotations().containsKey("vnd.docker.reference.type"))
        .filter(d -> d.platform().map(Platform::isKnown).orElse(true));
  }
}
