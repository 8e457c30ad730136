package dev.containertui.oci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One image: its configuration and its layers, base first (image-spec, manifest.md; Docker's image
 * manifest version 2, schema 2).
 *
 * @param artifactType what it is if it is not an image
 */
public record Manifest(
    String mediaType,
    Optional<String> artifactType,
    Descriptor config,
    List<Descriptor> layers,
    Map<String, String> annotations)
    implements ManifestDocument {

  public Manifest {
    layers = List.copyOf(layers);
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  /** An OCI image. */
  public static Manifest of(Descriptor config, List<Descriptor> layers) {
    return new Manifest(MediaTypes.OCI_MANIFEST, Optional.empty(), config, layers, Map.of());
  }

  static Manifest fromJson(String mediaType, JsonObject json) {
    return new Manifest(
        mediaType,
        json.optionalString("artifactType").filter(type -> !type.isEmpty()),
        Descriptor.fromJson(json.object("config")),
        json.objects("layers").stream().map(Descriptor::fromJson).toList(),
        json.stringMap("annotations"));
  }

  public ObjectNode toJson() {
    ObjectNode json = JsonObject.create();
    json.put("schemaVersion", 2);
    json.put("mediaType", mediaType);
    artifactType.ifPresent(type -> json.put("artifactType", type));
    json.set("config", config.toJson());
    ArrayNode array = json.putArray("layers");
    layers.forEach(layer -> array.add(layer.toJson()));
    if (!annotations.isEmpty()) {
      ObjectNode object = json.putObject("annotations");
      annotations.forEach(object::put);
    }
    return json;
  }

  /** Sum of the compressed layers in bytes; 2^63 − 1 if it is more. */
  public long layerBytes() {
    long sum = 0;
    for (Descriptor layer : layers) {
      sum = sum > Long.MAX_VALUE - layer.sizeBytes() ? Long.MAX_VALUE : sum + layer.sizeBytes();
    }
    return sum;
  }
}
