package dev.containertui.engine.api.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.engine.api.http.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** JSON of requests and answers. */
final class Json {
  private static final int MAX_DEPTH = 64;

  /** What Docker writes for a time that is not known. */
  static final String NO_TIME = "0001-01-01T00:00:00Z";

  private static final DateTimeFormatter RFC3339_NANO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
              .build());

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /**
   * @throws Failure 400
   */
  static JsonNode parse(String text, String what) {
    try {
      JsonNode json = MAPPER.readTree(text);
      return json == null ? JsonNodeFactory.instance.missingNode() : json;
    } catch (JsonProcessingException e) {
      throw new Failure(400, what + " is not JSON: " + e.getOriginalMessage());
    }
  }

  static byte[] bytes(JsonNode json) {
    try {
      byte[] text = MAPPER.writeValueAsBytes(json);
      byte[] line = java.util.Arrays.copyOf(text, text.length + 1);
      line[text.length] = '\n';
      return line;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String text(JsonNode json) {
    return new String(bytes(json), StandardCharsets.UTF_8).stripTrailing();
  }

  /** With nine digits after the point, as Docker writes times. */
  static String time(Instant instant) {
    return RFC3339_NANO.format(instant);
  }

  static String time(Optional<Instant> instant) {
    return instant.map(Json::time).orElse(NO_TIME);
  }

  static ArrayNode strings(Collection<String> strings) {
    ArrayNode json = array();
    strings.forEach(json::add);
    return json;
  }

  static ObjectNode map(Map<String, String> map) {
    ObjectNode json = object();
    map.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> json.put(entry.getKey(), entry.getValue()));
    return json;
  }
}
