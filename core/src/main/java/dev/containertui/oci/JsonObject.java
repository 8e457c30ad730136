package dev.containertui.oci;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object out of bytes that nobody vouches for: every field is asked for with its type, and a
 * wrong one ends in an {@link EngineException} of kind CORRUPT that names it. A field that is null
 * is absent, as Go's encoder writes it; a field that occurs twice is refused, because two readers
 * would see two documents.
 */
public final class JsonObject {
  /** Made when it is first needed: that takes longer than a small command may. */
  private static final class Mapper {
    static final ObjectMapper INSTANCE =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
  }

  private final JsonNode node;
  private final String where;

  private JsonObject(JsonNode node, String where) {
    this.node = node;
    this.where = where;
  }

  /**
   * Reads one object.
   *
   * @param where what the bytes are, for error messages
   */
  public static JsonObject parse(byte[] bytes, String where) {
    JsonNode node = tree(bytes, where);
    if (!(node instanceof ObjectNode)) {
      throw new EngineException(Kind.CORRUPT, where + " is not a JSON object");
    }
    return new JsonObject(node, where);
  }

  private static JsonNode tree(byte[] bytes, String where) {
    try {
      return Mapper.INSTANCE.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new EngineException(
          Kind.CORRUPT, where + " is not JSON: " + Printable.of(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new EngineException(Kind.CORRUPT, where + " is not JSON", e);
    }
  }

  /**
   * Reads an array of objects.
   *
   * @param where what the bytes are, for error messages
   */
  public static List<JsonObject> parseArray(byte[] bytes, String where) {
    JsonNode node = tree(bytes, where);
    if (!node.isArray()) {
      throw new EngineException(Kind.CORRUPT, where + " is not a JSON array");
    }
    List<JsonObject> objects = new ArrayList<>();
    for (JsonNode element : node) {
      if (!(element instanceof ObjectNode)) {
        throw new EngineException(Kind.CORRUPT, where + " is not an array of JSON objects");
      }
      objects.add(new JsonObject(element, where + "[" + objects.size() + "]"));
    }
    return Collections.unmodifiableList(objects);
  }

  /** The strings of an array; empty if {@code text} is anything else. */
  public static Optional<List<String>> stringArray(String text) {
    List<String> strings = new ArrayList<>();
    try {
      JsonNode node = Mapper.INSTANCE.readTree(text);
      if (node == null || !node.isArray()) {
        return Optional.empty();
      }
      for (JsonNode element : node) {
        if (!element.isTextual()) {
          return Optional.empty();
        }
        strings.add(element.textValue());
      }
      return Optional.of(strings);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * An object that was read by other means.
   *
   * @param where what it is, for error messages
   */
  public static JsonObject of(ObjectNode node, String where) {
    return new JsonObject(node, where);
  }

  /** An object without fields. */
  static JsonObject empty(String where) {
    return new JsonObject(create(), where);
  }

  /** An empty object to be filled and written. */
  public static ObjectNode create() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** An empty array to be filled and written. */
  public static ArrayNode createArray() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** Compact UTF-8 bytes of an object or array that was made here. */
  public static byte[] write(JsonNode node) {
    try {
      return Mapper.INSTANCE.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new EngineException(Kind.INTERNAL, "cannot write JSON", e);
    }
  }

  /**
   * Indented text of an object, for people. Control characters beyond ASCII are escaped like the
   * others: JSON does not ask for it, but a terminal takes U+009B for the start of a command.
   */
  public static String pretty(ObjectNode node) {
    StringBuilder text = new StringBuilder();
    node.toPrettyString()
        .chars()
        .forEach(
            c -> {
              if (c >= 0x7f && c < 0xa0) {
                text.append("\\u%04x".formatted(c));
              } else {
                text.append((char) c);
              }
            });
    return text.toString();
  }

  /** A copy of the object as it was read, unknown fields included. */
  public ObjectNode copy() {
    return node.deepCopy();
  }

  public boolean has(String field) {
    return get(field).isPresent();
  }

  public String string(String field) {
    return optionalString(field).orElseThrow(() -> wrong(field, "is missing"));
  }

  public Optional<String> optionalString(String field) {
    return get(field).map(value -> text(value, field));
  }

  /** An integer from 0 to 2^63 − 1. */
  public long size(String field) {
    return optionalSize(field).orElseThrow(() -> wrong(field, "is missing"));
  }

  public Optional<Long> optionalSize(String field) {
    return get(field)
        .map(
            value -> {
              if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
                throw wrong(field, "is not a size");
              }
              return value.longValue();
            });
  }

  public Optional<Boolean> optionalBoolean(String field) {
    return get(field)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw wrong(field, "is not true or false");
              }
              return value.booleanValue();
            });
  }

  public JsonObject object(String field) {
    return optionalObject(field).orElseThrow(() -> wrong(field, "is missing"));
  }

  public Optional<JsonObject> optionalObject(String field) {
    return get(field).map(value -> object(value, field));
  }

  /** An array of objects; empty if absent. */
  public List<JsonObject> objects(String field) {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonNode value : array(field)) {
      objects.add(object(value, field + "[" + objects.size() + "]"));
    }
    return Collections.unmodifiableList(objects);
  }

  /** An array of strings; empty if absent. */
  public List<String> strings(String field) {
    List<String> strings = new ArrayList<>();
    for (JsonNode value : array(field)) {
      strings.add(text(value, field + "[" + strings.size() + "]"));
    }
    return Collections.unmodifiableList(strings);
  }

  /** An object with string values, in its order; empty if absent. */
  public Map<String, String> stringMap(String field) {
    Map<String, String> map = new LinkedHashMap<>();
    optionalObject(field)
        .ifPresent(
            object ->
                object.node.properties().stream()
                    .filter(entry -> !entry.getValue().isNull())
                    .forEach(
                        entry ->
                            map.put(
                                entry.getKey(),
                                text(entry.getValue(), field + "." + entry.getKey()))));
    return Collections.unmodifiableMap(map);
  }

  /** The names of an object's fields, in its order; empty if absent. */
  public List<String> fieldNames(String field) {
    return optionalObject(field)
        .map(object -> object.node.properties().stream().map(Map.Entry::getKey).toList())
        .orElse(List.of());
  }

  public Digest digest(String field) {
    return digest(string(field), field);
  }

  /** An array of digests; empty if absent. */
  public List<Digest> digests(String field) {
    return strings(field).stream().map(text -> digest(text, field)).toList();
  }

  private Digest digest(String text, String field) {
    try {
      return Digest.parse(text);
    } catch (EngineException e) {
      throw wrong(field, "is " + e.getMessage());
    }
  }

  private Optional<JsonNode> get(String field) {
    return Optional.ofNullable(node.get(field)).filter(value -> !value.isNull());
  }

  private Iterable<JsonNode> array(String field) {
    Optional<JsonNode> value = get(field);
    if (value.isPresent() && !value.get().isArray()) {
      throw wrong(field, "is not an array");
    }
    return value.<Iterable<JsonNode>>map(v -> v).orElse(List.of());
  }

  private String text(JsonNode value, String field) {
    if (!value.isTextual()) {
      throw wrong(field, "is not a string");
    }
    return value.textValue();
  }

  private JsonObject object(JsonNode value, String field) {
    if (!value.isObject()) {
      throw wrong(field, "is not an object");
    }
    return new JsonObject(value, where + ": " + field);
  }

  /** The exception for a field that is not as it should be. */
  EngineException wrong(String field, String how) {
    return new EngineException(Kind.CORRUPT, where + ": " + Printable.of(field) + " " + how);
  }
}
