package dev.containertui.engine.api.own;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.oci.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where our own fields are, and how their values are written. */
public final class OwnFields {
  /** Answers have a header of this name with the {@link BuildId} of the engine. */
  public static final String BUILD_HEADER = "Container-Tui-Build";

  /** Answers have a header of this name that no other engine's have, whatever its build. */
  public static final String ENGINE_HEADER = "Container-Tui-Engine";

  /** Endpoints of our own begin with this segment, after the version. */
  public static final String PATH = "container-tui";

  /**
   * A parameter of {@code attach}: when the run began, in ISO 8601, that the client means. Then
   * only standard input is attached, of that run and no other; one that is over is refused (409).
   */
  public static final String RUN_PARAMETER = "ContainerTuiRun";

  private OwnFields() {}

  static ObjectNode object() {
    return JsonObject.create();
  }

  static void put(ObjectNode json, String field, Optional<Instant> time) {
    time.ifPresent(at -> json.put(field, at.toString()));
  }

  static void strings(ArrayNode array, List<String> strings) {
    strings.forEach(array::add);
  }

  static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(element -> strings.add(element.asText()));
    return strings;
  }

  static Map<String, String> map(JsonNode object) {
    Map<String, String> map = new LinkedHashMap<>();
    object.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
    return map;
  }

  static Optional<String> text(JsonNode json, String field) {
    return json.hasNonNull(field) ? Optional.of(json.get(field).asText()) : Optional.empty();
  }

  static Optional<Instant> time(JsonNode json, String field) {
    try {
      return text(json, field).map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
