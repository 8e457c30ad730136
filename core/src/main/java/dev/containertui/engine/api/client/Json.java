package dev.containertui.engine.api.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the answers of an engine. Engines differ, and versions of them: a field that is missing or
 * of another type is as if it were empty.
 */
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxDocumentLength(64 << 20).build())
              .build());

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] write(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new EngineException(Kind.INTERNAL, "cannot write JSON", e);
    }
  }

  static String pretty(JsonNode node) {
    return node.toPrettyString();
  }

  /** The whole of a stream, at most 64 MiB; an absent value if it is empty. */
  static JsonNode read(InputStream in) throws IOException {
    return MAPPER.readTree(in);
  }

  static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new EngineException(Kind.CORRUPT, "the engine's answer is not JSON", e);
    }
  }

  /** A parser for one value after the other. */
  static JsonParser parser(InputStream in) throws IOException {
    // A stream may be open for months: only each value in it is bounded.
    JsonParser parser = new ObjectMapper().createParser(in);
    return parser;
  }

  static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }

  static Optional<String> optional(JsonNode node, String field) {
    return Optional.of(text(node, field)).filter(text -> !text.isEmpty());
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

  static void put(ArrayNode array, Iterable<String> strings) {
    strings.forEach(array::add);
  }

  /** A time of RFC 3339; empty for Docker's "never", the year 1, and for what is none. */
  static Optional<Instant> instant(JsonNode node, String field) {
    String text = text(node, field);
    if (text.isEmpty() || text.startsWith("0001-")) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
