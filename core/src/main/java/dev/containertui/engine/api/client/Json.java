package dev.containertui.engine.api.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.ByteArrayOutputStream;
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
  /** Deeper ones are no answers. */
  private static final int MAX_DEPTH = 64;

  private static final int MAX_DOCUMENT_BYTES = 64 << 20;

  private static final JsonFactory BOUNDED =
      JsonFactory.builder()
          .streamReadConstraints(limits().maxDocumentLength(MAX_DOCUMENT_BYTES).build())
          .build();
  private static final JsonFactory ENDLESS =
      JsonFactory.builder().streamReadConstraints(limits().build()).build();

  private static StreamReadConstraints.Builder limits() {
    return StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH);
  }

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static byte[] write(JsonNode node) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = BOUNDED.createGenerator(bytes)) {
      write(node, out);
    } catch (IOException e) {
      throw new EngineException(Kind.INTERNAL, "cannot write JSON", e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonNode node, JsonGenerator out) throws IOException {
    switch (node) {
      case ObjectNode object -> {
        out.writeStartObject();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
          out.writeFieldName(field.getKey());
          write(field.getValue(), out);
        }
        out.writeEndObject();
      }
      case ArrayNode array -> {
        out.writeStartArray();
        for (JsonNode element : array) {
          write(element, out);
        }
        out.writeEndArray();
      }
      default -> {
        switch (node.numberType()) {
          case null -> {
            if (node.isBoolean()) {
              out.writeBoolean(node.booleanValue());
            } else if (node.isTextual()) {
              out.writeString(node.textValue());
            } else {
              out.writeNull();
            }
          }
          case INT, LONG -> out.writeNumber(node.longValue());
          case BIG_INTEGER -> out.writeNumber(node.bigIntegerValue());
          default -> out.writeNumber(node.decimalValue());
        }
      }
    }
  }

  static String pretty(JsonNode node) {
    return node.toPrettyString();
  }

  /** The whole of a stream, at most 64 MiB; an absent value if it is empty. */
  static JsonNode read(InputStream in) throws IOException {
    try (JsonParser parser = BOUNDED.createParser(in)) {
      return next(parser);
    }
  }

  static JsonNode read(String text) {
    try (JsonParser parser = BOUNDED.createParser(text)) {
      return next(parser);
    } catch (IOException e) {
      throw new EngineException(Kind.CORRUPT, "the engine's answer is not JSON", e);
    }
  }

  /** A parser for one value after the other, for {@link #next}. It closes the stream. */
  static JsonParser parser(InputStream in) throws IOException {
    return ENDLESS.createParser(in);
  }

  /** The next value; an absent one at the end. */
  static JsonNode next(JsonParser parser) throws IOException {
    return parser.nextToken() == null ? MissingNode.getInstance() : value(parser);
  }

  /**
   * Jackson's mapper would do the same, after it has made itself ready for a tenth of a second:
   * longer than the whole of a small command may take.
   */
  private static JsonNode value(JsonParser parser) throws IOException {
    JsonNodeFactory make = JsonNodeFactory.instance;
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        ObjectNode object = make.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          object.set(name, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = make.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_STRING -> make.textNode(parser.getText());
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? make.numberNode(parser.getBigIntegerValue())
              : make.numberNode(parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> make.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> make.booleanNode(true);
      case VALUE_FALSE -> make.booleanNode(false);
      case VALUE_NULL -> make.nullNode();
      case null, default -> throw new JsonParseException(parser, "it ends within a value");
    };
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
