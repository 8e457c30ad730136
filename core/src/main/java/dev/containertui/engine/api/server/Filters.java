package dev.containertui.engine.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.containertui.engine.api.http.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parameter {@code filters}: a JSON object of lists, {@code {"label": ["a=b"]}}, or as older
 * clients write it {@code {"label": {"a=b": true}}}. Values of one name are alternatives, but
 * labels must all be there.
 */
final class Filters {
  private static final int MAX_VALUES = 1000;

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /**
   * @param known names that are understood
   * @throws Failure 400 for others, in Docker's words
   */
  Filters(Query query, Set<String> known) {
    query.text("filters").ifPresent(text -> read(Json.parse(text, "filters")));
    for (String name : new TreeSet<>(values.keySet())) {
      if (!known.contains(name)) {
        throw new Failure(400, "invalid filter '" + name + "'");
      }
    }
  }

  private void read(JsonNode json) {
    if (!json.isObject()) {
      throw new Failure(400, "invalid filter");
    }
    int count = 0;
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      List<String> list = values.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>());
      if (entry.getValue().isArray()) {
        entry.getValue().forEach(value -> list.add(value.asText()));
      } else if (entry.getValue().isObject()) {
        entry.getValue().properties().stream()
            .filter(value -> value.getValue().asBoolean())
            .forEach(value -> list.add(value.getKey()));
      } else {
        throw new Failure(400, "invalid filter");
      }
      count += list.size();
    }
    if (count > MAX_VALUES) {
      throw new Failure(400, "more than " + MAX_VALUES + " filters");
    }
  }

  boolean has(String name) {
    return !all(name).isEmpty();
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** Whether one of the values of {@code name} is this one, or there are none. */
  boolean allows(String name, String value) {
    return !has(name) || all(name).contains(value);
  }

  /**
   * The value of a filter that is true or false.
   *
   * @throws Failure 400
   */
  boolean flag(String name, boolean otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    return switch (all(name).getFirst()) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default ->
          throw new Failure(400, "invalid filter '" + name + "=" + all(name).getFirst() + "'");
    };
  }

  /** Whether these labels have all of the filter {@code label}, and none of {@code label!}. */
  boolean allowsLabels(Map<String, String> labels) {
    return all("label").stream().allMatch(wanted -> hasLabel(labels, wanted))
        && all("label!").stream().noneMatch(unwanted -> hasLabel(labels, unwanted));
  }

  private static boolean hasLabel(Map<String, String> labels, String wanted) {
    int equals = wanted.indexOf('=');
    return equals < 0
        ? labels.containsKey(wanted)
        : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
  }
}
