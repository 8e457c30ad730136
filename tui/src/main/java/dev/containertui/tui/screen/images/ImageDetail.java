package dev.containertui.tui.screen.images;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.containertui.engine.Images;
import dev.containertui.rootfs.LayerFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was asked about one image.
 *
 * @param namesNoCommand whether a container of it has to be told what to run
 * @param files of its layers, by index, as far as they were looked at
 * @param failure why nothing is known; empty if something is
 */
record ImageDetail(
    String digest,
    List<Layer> layers,
    boolean namesNoCommand,
    Map<Integer, LayerFiles> files,
    String failure) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param index from 0, the base
   * @param sizeBytes as it is transferred
   * @param instruction that made it; may be empty
   */
  record Layer(int index, String digest, long sizeBytes, String instruction) {}

  ImageDetail {
    layers = List.copyOf(layers);
    files = Map.copyOf(files);
  }

  static ImageDetail failed(String digest, String reason) {
    return new ImageDetail(digest, List.of(), false, Map.of(), reason);
  }

  ImageDetail with(int layer, LayerFiles found) {
    Map<Integer, LayerFiles> more = new HashMap<>(files);
    more.put(layer, found);
    return new ImageDetail(digest, layers, namesNoCommand, more, failure);
  }

  static ImageDetail of(Images images, String digest) throws JsonProcessingException {
    JsonNode all = JSON.readTree(images.inspectJson(digest));
    List<String> instructions = new ArrayList<>();
    for (JsonNode step : all.path("config").path("history")) {
      if (!step.path("empty_layer").asBoolean()) {
        instructions.add(instruction(step.path("created_by").asText()));
      }
    }
    List<Layer> layers = new ArrayList<>();
    for (JsonNode layer : all.path("manifest").path("layers")) {
      int index = layers.size();
      layers.add(
          new Layer(
              index,
              layer.path("digest").asText(),
              layer.path("size").asLong(),
              index < instructions.size() ? instructions.get(index) : ""));
    }
    JsonNode run = all.path("config").path("config");
    boolean namesNoCommand = run.path("Entrypoint").isEmpty() && run.path("Cmd").isEmpty();
    return new ImageDetail(digest, layers, namesNoCommand, Map.of(), "");
  }

  /** Without what builders put around each. */
  private static String instruction(String createdBy) {
    String text = createdBy.strip();
    if (text.startsWith("/bin/sh -c #(nop)")) {
      return text.substring("/bin/sh -c #(nop)".length()).strip();
    } else if (text.startsWith("/bin/sh -c ")) {
      return "RUN " + text.substring("/bin/sh -c ".length()).strip();
    }
    return text.endsWith("# buildkit") ? text.substring(0, text.length() - 10).strip() : text;
  }
}
