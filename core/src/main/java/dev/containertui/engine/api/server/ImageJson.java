package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.engine.Engine;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.own.Facts;
import dev.containertui.error.EngineException;
import dev.containertui.image.ImageSummary;
import dev.containertui.oci.Reference;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Images as Docker's clients see them. */
final class ImageJson {
  private ImageJson() {}

  /** Manifest and configuration as the registry has them (image-spec, manifest.md, config.md). */
  static JsonNode documents(Engine engine, ImageSummary image) {
    return Json.parse(engine.images().inspectJson(image.digest()), "the image");
  }

  /** The configuration. */
  static JsonNode config(Engine engine, ImageSummary image) {
    return documents(engine, image).path("config");
  }

  /** Whether a full reference is meant by a name, which may be short and without a tag. */
  static boolean isCalled(String reference, String name) {
    try {
      return Reference.parse(name).toString().equals(reference);
    } catch (EngineException e) {
      return false;
    }
  }

  /** {@code alpine:latest}: names as Docker prints them, without digests. */
  static List<String> tags(ImageSummary image) {
    return image.references().stream()
        .map(Reference::parse)
        .filter(reference -> reference.tag().isPresent() && reference.digest().isEmpty())
        .map(Reference::familiar)
        .toList();
  }

  /** {@code alpine@sha256:…}: repositories with the manifest's digest. */
  static Set<String> digests(ImageSummary image) {
    Set<String> digests = new LinkedHashSet<>();
    for (String text : image.references()) {
      Reference reference = Reference.parse(text);
      String name =
          new Reference(
                  reference.registry(),
                  reference.repository(),
                  Optional.of("latest"),
                  Optional.empty())
              .familiar();
      digests.add(name.substring(0, name.lastIndexOf(':')) + "@" + image.digest());
    }
    return digests;
  }

  /** A line of {@code docker images}. */
  static ObjectNode summary(Engine engine, ImageSummary image, long containers) {
    ObjectNode json = Json.object().put("Id", image.id()).put("ParentId", "");
    json.set("RepoTags", Json.strings(tags(image)));
    json.set("RepoDigests", Json.strings(digests(image)));
    json.put("Created", image.created().map(Instant::getEpochSecond).orElse(0L))
        .put("Size", image.sizeBytes())
        .put("SharedSize", -1)
        .put("VirtualSize", image.sizeBytes())
        .put("Containers", containers);
    JsonNode labels = config(engine, image).path("config").path("Labels");
    json.set("Labels", labels.isObject() ? labels : null);
    json.set(ContainerTui.FIELD, Facts.write(image));
    return json;
  }

  /** What {@code docker image inspect} prints. */
  static ObjectNode inspection(ImageSummary image, JsonNode documents) {
    JsonNode config = documents.path("config");
    JsonNode manifest = documents.path("manifest");
    ObjectNode json = Json.object().put("Id", image.id());
    json.set("RepoTags", Json.strings(tags(image)));
    json.set("RepoDigests", Json.strings(digests(image)));
    json.put("Parent", "")
        .put("Comment", lastComment(config))
        .put("Created", config.path("created").asText(Json.NO_TIME))
        .put("DockerVersion", "")
        .put("Author", config.path("author").asText(""));
    json.set("Config", config.path("config").isObject() ? config.path("config") : Json.object());
    json.put("Architecture", image.platform().architecture());
    image.platform().variant().ifPresent(variant -> json.put("Variant", variant));
    json.put("Os", image.platform().os())
        .put("Size", image.sizeBytes())
        .put("VirtualSize", image.sizeBytes());
    json.putObject("GraphDriver").put("Name", "ext4-overlay").putNull("Data");
    ObjectNode root = json.putObject("RootFS").put("Type", "layers");
    ArrayNode layers = root.putArray("Layers");
    config.path("rootfs").path("diff_ids").forEach(layers::add);
    json.putObject("Metadata").put("LastTagTime", Json.NO_TIME);
    json.putObject("Descriptor")
        .put(
            "mediaType",
            manifest.path("mediaType").asText("application/vnd.oci.image.manifest.v1+json"))
        .put("digest", image.digest());
    json.set(ContainerTui.FIELD, Facts.write(image));
    return json;
  }

  private static String lastComment(JsonNode config) {
    JsonNode history = config.path("history");
    return history.path(history.size() - 1).path("comment").asText("");
  }
}
