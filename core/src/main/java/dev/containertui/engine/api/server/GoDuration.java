package dev.containertui.engine.api.server;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them: {@code 1h30m}, {@code 2.5s}, {@code 300ms}. */
final class GoDuration {
  private static final Pattern WHOLE =
      Pattern.compile("(?:[0-9]{1,9}(?:\\.[0-9]{1,9})?(?:h|ms|us|µs|ns|m|s))+");
  private static final Pattern PART =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(h|ms|us|µs|ns|m|s)");

  private GoDuration() {}

  /** Empty if it is not one. */
  static Optional<Duration> parse(String text) {
    if (text.length() > 100 || !WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    for (Matcher part = PART.matcher(text); part.find(); ) {
      double nanosPerUnit =
          switch (part.group(2)) {
            case "h" -> 3600e9;
            case "m" -> 60e9;
            case "s" -> 1e9;
            case "ms" -> 1e6;
            case "ns" -> 1;
            default -> 1e3;
          };
      sum = sum.plusNanos((long) (Double.parseDouble(part.group(1)) * nanosPerUnit));
    }
    return Optional.of(sum);
  }
}
