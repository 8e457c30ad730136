package dev.containertui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Values as JSON, by the names of their records' components. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  static JsonNode read(String text, String what) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new EngineException(Kind.INTERNAL, what + " is no JSON", e);
    }
  }

  static ObjectNode object() {
    return NODES.objectNode();
  }

  static JsonNode of(Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case JsonNode json -> json;
      case Record record -> record(record);
      case Value other -> other.json();
      case Optional<?> optional -> of(optional.orElse(null));
      case Boolean truth -> NODES.booleanNode(truth);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Double number -> NODES.numberNode(number);
      case Enum<?> word -> NODES.textNode(word.name().toLowerCase(Locale.ROOT));
      case Duration duration -> millis(duration);
      case Collection<?> elements -> {
        ArrayNode array = NODES.arrayNode();
        elements.forEach(element -> array.add(of(element)));
        yield array;
      }
      case Map<?, ?> map -> {
        ObjectNode object = NODES.objectNode();
        map.forEach((key, element) -> object.set(String.valueOf(key), of(element)));
        yield object;
      }
      default -> NODES.textNode(value.toString());
    };
  }

  private static JsonNode millis(Duration duration) {
    return NODES.numberNode(duration.toNanos() / 1e6);
  }

  private static ObjectNode record(Record record) {
    ObjectNode object = NODES.objectNode();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value;
      try {
        component.getAccessor().setAccessible(true);
        value = component.getAccessor().invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new EngineException(
            Kind.INTERNAL, "cannot read " + component.getName() + " of " + record.getClass(), e);
      }
      String name =
          component.getType() == Duration.class
              ? component.getName() + "Millis"
              : component.getName();
      object.set(name, of(value));
    }
    return object;
  }
}
