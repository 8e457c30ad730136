package dev.containertui.repl.values;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.containertui.Job;
import dev.containertui.Pipeline;
import dev.containertui.Value;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Any live value as JSON: those of the language as they say themselves, a command as its result
 * once it has ended, records, maps and collections by their parts, durations as milliseconds (in
 * records in a field that ends in {@code Millis}), bytes as base64, and what has no parts as its
 * own text.
 */
public final class JsonValues {
  /** Nothing of the engine's is deeper, but a circle has no end. */
  private static final int MOST_DEPTH = 32;

  private static final int MOST_NODES = 1_000_000;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private int nodes;

  private JsonValues() {}

  /**
   * The value on one line, without characters that a terminal obeys.
   *
   * @throws EngineException EXHAUSTED if it is too deep or has too many parts
   */
  public static String line(Object value) {
    return oneLine(new JsonValues().node(value, 0));
  }

  /** JSON escapes the control characters of ASCII, but not those behind it. */
  public static String oneLine(JsonNode json) {
    String text = json.toString();
    StringBuilder safe = new StringBuilder(text.length());
    for (char c : text.toCharArray()) {
      if (c >= 0x7f && c < 0xa0) {
        safe.append("\\u%04x".formatted((int) c));
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }

  private JsonNode node(Object value, int depth) {
    if (depth > MOST_DEPTH || ++nodes > MOST_NODES) {
      throw new EngineException(
          Kind.EXHAUSTED,
          "a value is too large to be written as JSON",
          "at most " + MOST_NODES + " parts, nested at most " + MOST_DEPTH + " deep");
    }
    return switch (value) {
      case null -> NODES.nullNode();
      case JsonNode json -> json;
      case Value own -> own.json();
      case Boolean flag -> NODES.booleanNode(flag);
      case BigInteger number -> NODES.numberNode(number);
      case BigDecimal number -> NODES.numberNode(number);
      case Double number when !Double.isFinite(number) -> NODES.nullNode();
      case Float number when !Float.isFinite(number) -> NODES.nullNode();
      case Double number -> NODES.numberNode(number);
      case Float number -> NODES.numberNode(number);
      case Number number -> NODES.numberNode(number.longValue());
      case Duration duration -> NODES.numberNode(duration.toNanos() / 1e6);
      case Optional<?> optional -> node(optional.orElse(null), depth);
      case OptionalInt optional ->
          optional.isPresent() ? NODES.numberNode(optional.getAsInt()) : NODES.nullNode();
      case OptionalLong optional ->
          optional.isPresent() ? NODES.numberNode(optional.getAsLong()) : NODES.nullNode();
      case OptionalDouble optional ->
          optional.isPresent() ? node(optional.getAsDouble(), depth) : NODES.nullNode();
      case byte[] bytes -> NODES.binaryNode(bytes);
      case Job job -> job.result().json();
      case Pipeline pipeline -> pipeline.result().json();
      case Map<?, ?> map -> map(map, depth);
      case Collection<?> collection -> array(collection, depth);
      case Record record -> record(record, depth);
      case Object array when array.getClass().isArray() -> array(array, depth);
      default -> NODES.textNode(String.valueOf(value));
    };
  }

  private JsonNode map(Map<?, ?> map, int depth) {
    ObjectNode node = NODES.objectNode();
    map.forEach((key, value) -> node.set(String.valueOf(key), node(value, depth + 1)));
    return node;
  }

  private JsonNode array(Collection<?> collection, int depth) {
    ArrayNode node = NODES.arrayNode();
    collection.forEach(element -> node.add(node(element, depth + 1)));
    return node;
  }

  private JsonNode array(Object array, int depth) {
    ArrayNode node = NODES.arrayNode();
    for (int i = 0; i < Array.getLength(array); i++) {
      node.add(node(Array.get(array, i), depth + 1));
    }
    return node;
  }

  /** One of several kinds of a thing says which: {@code "type": "Running"}. */
  private JsonNode record(Record record, int depth) {
    ObjectNode node = NODES.objectNode();
    for (Class<?> kind : record.getClass().getInterfaces()) {
      if (kind.isSealed()) {
        node.put("type", record.getClass().getSimpleName());
      }
    }
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      boolean duration = component.getType() == Duration.class;
      node.set(
          component.getName() + (duration ? "Millis" : ""),
          node(component(record, component), depth + 1));
    }
    return node;
  }

  private static Object component(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (InvocationTargetException e) {
      return e.getCause().toString();
    } catch (IllegalAccessException | RuntimeException e) {
      return null; // a module that keeps it to itself
    }
  }
}
