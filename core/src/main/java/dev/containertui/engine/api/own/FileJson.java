package dev.containertui.engine.api.own;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.container.FileStat;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.time.Instant;

/** What files are, as our own endpoints tell it. */
public final class FileJson {
  private FileJson() {}

  public static ObjectNode write(FileStat stat) {
    ObjectNode json =
        OwnFields.object()
            .put("name", stat.name())
            .put("kind", stat.kind().name())
            .put("permissions", stat.permissions())
            .put("uid", stat.uid())
            .put("gid", stat.gid())
            .put("sizeBytes", stat.sizeBytes())
            .put("modified", stat.modified().toString());
    stat.linkTarget().ifPresent(target -> json.put("linkTarget", target));
    stat.resolvedTarget().ifPresent(target -> json.put("resolvedTarget", target));
    return json;
  }

  /**
   * @throws EngineException CORRUPT
   */
  public static FileStat read(JsonNode json) {
    FileStat.Kind kind;
    try {
      kind = FileStat.Kind.valueOf(json.path("kind").asText());
    } catch (IllegalArgumentException e) {
      throw new EngineException(
          Kind.CORRUPT, "the engine's answer about a file is not understood", e);
    }
    return new FileStat(
        json.path("name").asText(),
        kind,
        json.path("permissions").asInt(),
        json.path("uid").asLong(),
        json.path("gid").asLong(),
        json.path("sizeBytes").asLong(),
        OwnFields.time(json, "modified").orElse(Instant.EPOCH),
        OwnFields.text(json, "linkTarget"),
        OwnFields.text(json, "resolvedTarget"));
  }
}
