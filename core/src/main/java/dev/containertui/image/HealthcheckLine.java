package dev.containertui.image;

import dev.containertui.oci.Healthcheck;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What follows HEALTHCHECK in a Dockerfile: {@code NONE}, or {@code [--interval=30s] [--timeout=…]
 * [--start-period=…] [--start-interval=…] [--retries=3] CMD command}.
 */
final class HealthcheckLine {
  private static final String NAME = "HEALTHCHECK";
  private static final Pattern OPTION =
      Pattern.compile("--([a-z-]+)=(\\S+)\\s+(.*)", Pattern.DOTALL);
  private static final Pattern DURATION_PART =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?)(h|ms|m|s|us|µs|ns)");
  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** A hundred years; twice that still is a long. */
  private static final BigDecimal LONGEST_NANOS =
      BigDecimal.valueOf(Duration.ofDays(365L * 100).toNanos());

  private static final List<String> DURATIONS =
      List.of("interval", "timeout", "start-period", "start-interval");

  private HealthcheckLine() {}

  static Healthcheck parse(String text) {
    Map<String, Duration> durations = new HashMap<>();
    Optional<Integer> retries = Optional.empty();
    String rest = text.strip();
    for (Matcher option = OPTION.matcher(rest); option.matches(); option = OPTION.matcher(rest)) {
      String name = option.group(1);
      String value = option.group(2);
      if (DURATIONS.contains(name)) {
        Duration duration = duration(value);
        if (!duration.isZero()) { // As if it were not there.
          durations.put(name, duration);
        }
      } else if (name.equals("retries") && value.matches("[0-9]{1,9}")) {
        retries = Optional.of(Integer.valueOf(value)).filter(count -> count > 0);
      } else {
        throw ConfigEditor.invalid(NAME, "--" + name + "=" + value, "is not understood");
      }
      rest = option.group(3).strip();
    }
    return new Healthcheck(
        test(rest),
        Optional.ofNullable(durations.get("interval")),
        Optional.ofNullable(durations.get("timeout")),
        Optional.ofNullable(durations.get("start-period")),
        Optional.ofNullable(durations.get("start-interval")),
        retries);
  }

  private static List<String> test(String text) {
    String[] parts = text.split("[ \t]+", 2);
    String kind = parts[0].toUpperCase(Locale.ROOT);
    if (kind.equals("NONE") && parts.length == 1) {
      return List.of("NONE");
    }
    if (!kind.equals("CMD") || parts.length == 1) {
      throw ConfigEditor.invalid(NAME, text, "is neither NONE nor CMD with a command");
    }
    Optional<List<String>> words = DockerfileText.execForm(parts[1]);
    if (words.isEmpty()) {
      return List.of("CMD-SHELL", parts[1]);
    }
    if (words.get().isEmpty()) {
      throw ConfigEditor.invalid(NAME, text, "has no command");
    }
    List<String> test = new ArrayList<>(List.of("CMD"));
    test.addAll(words.get());
    return test;
  }

  /** As Go writes them: {@code 1m30s}, {@code 1.5h}, {@code 100ms}. */
  private static Duration duration(String text) {
    Matcher part = DURATION_PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      BigDecimal nanos = new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit(part)));
      sum = sum.plusNanos(nanos.min(LONGEST_NANOS).longValue());
      end = part.end();
      if (sum.toNanos() >= LONGEST_NANOS.longValue()) {
        throw ConfigEditor.invalid(NAME, text, "is too long a time");
      }
    }
    boolean tooShort = !sum.isZero() && sum.compareTo(SHORTEST) < 0;
    if (end == 0 || end != text.length() || tooShort) {
      throw ConfigEditor.invalid(NAME, text, "is not a time of 1ms or more: 30s, 1m30s");
    }
    return sum;
  }

  private static long unit(Matcher part) {
    return switch (part.group(2)) {
      case "h" -> 3_600_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "s" -> 1_000_000_000L;
      case "ms" -> 1_000_000L;
      case "us", "µs" -> 1_000L;
      default -> 1L;
    };
  }
}
