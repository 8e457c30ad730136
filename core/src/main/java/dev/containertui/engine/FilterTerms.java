package dev.containertui.engine;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What docker's {@code --filter} options and its API's {@code filters} say: keys, each with the
 * values that it may have. How the values of a key go together is the filter's business.
 *
 * @param values keys in lower case, each with at least one value
 */
public record FilterTerms(Map<String, List<String>> values) {
  /** More than a request needs, and few enough to check each container against all. */
  private static final int MAX_VALUES = 1000;

  public FilterTerms {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    int count = 0;
    for (Map.Entry<String, List<String>> entry : values.entrySet()) {
      count += entry.getValue().size();
      if (!entry.getValue().isEmpty()) {
        copy.put(entry.getKey(), List.copyOf(entry.getValue()));
      }
    }
    if (count > MAX_VALUES) {
      throw new EngineException(Kind.INVALID, "more than " + MAX_VALUES + " filters");
    }
    values = copy;
  }

  /** No condition at all. */
  public static FilterTerms none() {
    return new FilterTerms(Map.of());
  }

  /**
   * Reads {@code key=value}, as the command line has them.
   *
   * @throws EngineException INVALID
   */
  public static FilterTerms parse(Collection<String> options) {
    Map<String, List<String>> terms = new LinkedHashMap<>();
    for (String option : options) {
      int equals = option.indexOf('=');
      if (equals < 0) {
        throw new EngineException(
            Kind.INVALID,
            "bad format of filter: " + option,
            "write --filter NAME=VALUE, for example --filter status=exited");
      }
      String key = option.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      terms.computeIfAbsent(key, _ -> new ArrayList<>()).add(option.substring(equals + 1).strip());
    }
    return new FilterTerms(terms);
  }

  /** These, and one more. */
  public FilterTerms and(String key, String value) {
    Map<String, List<String>> more = new LinkedHashMap<>(values);
    List<String> list = new ArrayList<>(of(key));
    list.add(value);
    more.put(key, list);
    return new FilterTerms(more);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** The values of a key; empty if nothing was said about it. */
  List<String> of(String key) {
    return values.getOrDefault(key, List.of());
  }

  /**
   * Refuses keys that a filter does not know: to ignore one would be to show, or to remove, too
   * much.
   */
  void require(Set<String> known) {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw new EngineException(
            Kind.INVALID,
            "invalid filter '" + key + "'",
            "use one of " + String.join(", ", known.stream().sorted().toList()));
      }
    }
  }

  /**
   * @param values all that were given for a key that takes one
   * @throws EngineException INVALID if there are more
   */
  static void requireSingle(String key, List<String> values) {
    if (values.size() > 1) {
      throw new EngineException(Kind.INVALID, "more than one '" + key + "' filter");
    }
  }
}
