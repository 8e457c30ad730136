package dev.containertui.engine.api.server;

import dev.containertui.engine.api.http.Failure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The parameters of a request, read the way Docker's engine reads them. */
final class Query {
  private static final Set<String> FALSE = Set.of("", "0", "no", "false", "none");

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  Query(String text) {
    if (text.isEmpty()) {
      return;
    }
    for (String part : text.split("&")) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : part.substring(equals + 1);
      values.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
    }
  }

  /** Percent-decoded, {@code +} as a space. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Failure(400, "not percent-encoded: " + text);
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The first value; empty if it is absent or has no characters. */
  Optional<String> text(String name) {
    return all(name).stream().findFirst().filter(value -> !value.isEmpty());
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  boolean flag(String name) {
    return flag(name, false);
  }

  boolean flag(String name, boolean otherwise) {
    return has(name)
        ? !FALSE.contains(all(name).getFirst().strip().toLowerCase(Locale.ROOT))
        : otherwise;
  }

  OptionalLong number(String name) {
    Optional<String> text = text(name);
    try {
      return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
    } catch (NumberFormatException e) {
      throw new Failure(400, name + " is not a number: " + text.get());
    }
  }

  /**
   * A time: seconds since 1970 with a fraction, RFC 3339, or a duration before now as {@code
   * 1h30m}. 0 is the same as absent.
   */
  Optional<Instant> time(String name) {
    return text(name).filter(text -> !text.equals("0")).map(text -> Times.parse(name, text));
  }
}
