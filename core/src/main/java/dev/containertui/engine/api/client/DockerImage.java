package dev.containertui.engine.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.engine.api.own.Facts;
import dev.containertui.image.ImageSummary;
import dev.containertui.image.PullEvent;
import dev.containertui.oci.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads what Docker's API says of an image: our own fields if they are there, else Docker's. */
final class DockerImage {
  private DockerImage() {}

  static ImageSummary listed(JsonNode json) {
    long created = json.path("Created").asLong();
    return json.path(ContainerTui.FIELD).isObject()
        ? Facts.image(json.path(ContainerTui.FIELD))
        : foreign(json, Platform.host(), Optional.of(Instant.ofEpochSecond(created)));
  }

  static ImageSummary inspected(JsonNode json) {
    return json.path(ContainerTui.FIELD).isObject()
        ? Facts.image(json.path(ContainerTui.FIELD))
        : foreign(
            json,
            new Platform(
                Json.text(json, "Os"),
                Json.text(json, "Architecture"),
                Json.optional(json, "Variant")),
            Json.instant(json, "Created"));
  }

  /** Such an engine does not say in a list which platform an image is for. */
  private static ImageSummary foreign(JsonNode json, Platform platform, Optional<Instant> created) {
    String id = Json.text(json, "Id");
    String digest = Json.text(json.path("Descriptor"), "digest");
    for (String known : Json.strings(json.path("RepoDigests"))) {
      if (digest.isEmpty() && known.contains("@")) {
        digest = known.substring(known.indexOf('@') + 1);
      }
    }
    List<String> tags =
        Json.strings(json.path("RepoTags")).stream()
            .filter(tag -> !tag.startsWith("<none>"))
            .toList();
    return new ImageSummary(
        id.startsWith("sha256:") ? id : "sha256:" + id,
        digest.isEmpty() ? id : digest,
        tags,
        platform,
        json.path("Size").asLong(),
        created,
        Json.strings(json.path("RepoDigests")),
        Json.map(json.has("Labels") ? json.path("Labels") : json.path("Config").path("Labels")));
  }

  /** A line of {@code POST /images/create}; layers go by the beginning of their digest there. */
  static Optional<PullEvent> progress(JsonNode line) {
    String id = Json.text(line, "id");
    JsonNode detail = line.path("progressDetail");
    return Optional.ofNullable(
        switch (Json.text(line, "status")) {
          case "Downloading" ->
              new PullEvent.Downloading(
                  id, detail.path("current").asLong(), detail.path("total").asLong());
          case "Download complete" -> new PullEvent.Downloaded(id, false);
          case "Already exists" -> new PullEvent.Downloaded(id, true);
          case "Extracting" ->
              new PullEvent.Unpacking(
                  detail.path("current").asLong(), detail.path("total").asLong());
          default -> null;
        });
  }
}
