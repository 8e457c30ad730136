package dev.containertui.engine.api.own;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.engine.api.ContainerTui;
import dev.containertui.volume.Volume;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Volumes in Docker's words, with their size in a field of our own. */
public final class VolumeJson {
  private VolumeJson() {}

  /** The mount point is the image of the disk: nothing is mounted on this host. */
  public static ObjectNode write(Volume volume) {
    ObjectNode json =
        OwnFields.object()
            .put("CreatedAt", volume.createdAt().truncatedTo(ChronoUnit.SECONDS).toString())
            .put("Driver", Volume.DRIVER);
    ObjectNode labels = json.putObject("Labels");
    volume.labels().forEach(labels::put);
    json.put("Mountpoint", volume.disk().toString()).put("Name", volume.name());
    ObjectNode options = json.putObject("Options");
    volume.options().forEach(options::put);
    json.put("Scope", "local");
    json.putObject(ContainerTui.FIELD)
        .put("sizeBytes", volume.sizeBytes())
        .put("createdAt", volume.createdAt().toString());
    return json;
  }

  /** Reads what {@link #write}, or another engine, has written. */
  public static Volume read(JsonNode json) {
    JsonNode ours = json.path(ContainerTui.FIELD);
    return new Volume(
        json.path("Name").asText(),
        OwnFields.time(ours, "createdAt")
            .or(() -> OwnFields.time(json, "CreatedAt"))
            .orElse(Instant.EPOCH),
        OwnFields.map(json.path("Labels")),
        OwnFields.map(json.path("Options")),
        ours.path("sizeBytes").asLong(),
        path(json.path("Mountpoint").asText()));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      return Path.of("");
    }
  }
}
