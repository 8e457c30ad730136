package dev.containertui.cli.template;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How Go sees values: as text ({@code %v}), as a condition, in an order. */
final class Values {
  private Values() {}

  /** As Go prints a value inside another one or by itself. */
  static String text(Object value) {
    return switch (value) {
      case null -> "<no value>";
      case Map<?, ?> map ->
          sorted(map).entrySet().stream()
              .map(entry -> entry.getKey() + ":" + inner(entry.getValue()))
              .collect(Collectors.joining(" ", "map[", "]"));
      case Collection<?> list ->
          list.stream().map(Values::inner).collect(Collectors.joining(" ", "[", "]"));
      case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
          Long.toString(number.longValue());
      default -> value.toString();
    };
  }

  private static String inner(Object value) {
    return value == null ? "<nil>" : text(value);
  }

  /** Go goes through maps in the order of their keys. */
  static Map<String, Object> sorted(Map<?, ?> map) {
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    return sorted;
  }

  /** False, 0, nil, and whatever is empty count as false. */
  static boolean truth(Object value) {
    return switch (value) {
      case null -> false;
      case Boolean b -> b;
      case Number n -> n.doubleValue() != 0;
      case CharSequence text -> !text.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case Collection<?> list -> !list.isEmpty();
      default -> true;
    };
  }

  static boolean equal(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return x.doubleValue() == y.doubleValue();
    }
    return a == null ? b == null : a.equals(b);
  }

  static int compare(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return Double.compare(x.doubleValue(), y.doubleValue());
    }
    if (a instanceof String x && b instanceof String y) {
      return x.compareTo(y);
    }
    throw TemplateErrors.execution(
        "incompatible types for comparison: " + text(a) + ", " + text(b), "");
  }

  static int length(Object value) {
    return switch (value) {
      case String text -> text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
      case Map<?, ?> map -> map.size();
      case Collection<?> list -> list.size();
      case null, default ->
          throw TemplateErrors.execution("error calling len: no length: " + text(value), "");
    };
  }

  static List<?> list(Object value, String function) {
    return switch (value) {
      case List<?> list -> list;
      case Collection<?> other -> List.copyOf(other);
      case null -> List.of();
      default ->
          throw TemplateErrors.execution(
              "error calling " + function + ": not a list: " + text(value), "");
    };
  }
}
