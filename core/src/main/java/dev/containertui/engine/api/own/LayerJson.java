package dev.containertui.engine.api.own;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.rootfs.LayerFile;
import dev.containertui.rootfs.LayerFiles;
import dev.containertui.rootfs.TarEntry;
import java.util.ArrayList;
import java.util.List;

/** What a layer does, as our own endpoint tells it. */
public final class LayerJson {
  private LayerJson() {}

  public static ObjectNode write(LayerFiles files) {
    ObjectNode json = OwnFields.object().put("complete", files.complete());
    ArrayNode list = json.putArray("files");
    for (LayerFile file : files.files()) {
      ObjectNode entry =
          list.addObject().put("path", file.path()).put("effect", file.effect().name());
      file.type()
          .ifPresent(
              type ->
                  entry
                      .put("type", type.name())
                      .put("permissions", file.permissions())
                      .put("sizeBytes", file.sizeBytes()));
      file.linkTarget().ifPresent(target -> entry.put("linkTarget", target));
    }
    return json;
  }

  /**
   * @throws EngineException CORRUPT
   */
  public static LayerFiles read(JsonNode json) {
    try {
      List<LayerFile> files = new ArrayList<>();
      for (JsonNode entry : json.path("files")) {
        files.add(
            new LayerFile(
                entry.path("path").asText(),
                LayerFile.Effect.valueOf(entry.path("effect").asText()),
                OwnFields.text(entry, "type").map(TarEntry.Type::valueOf),
                entry.path("permissions").asInt(),
                entry.path("sizeBytes").asLong(),
                OwnFields.text(entry, "linkTarget")));
      }
      return new LayerFiles(files, json.path("complete").asBoolean());
    } catch (IllegalArgumentException e) {
      throw new EngineException(
          Kind.CORRUPT, "the engine's answer about a layer is not understood", e);
    }
  }
}
