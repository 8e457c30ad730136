package dev.containertui.engine;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and durations as docker's users and clients write them. */
public final class PointsInTime {
  private static final int MAX_LENGTH = 64;
  private static final Pattern UNIX_TIME = Pattern.compile("-?[0-9]{1,12}(?:\\.[0-9]{1,9})?");
  private static final Pattern DURATION_PART =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{0,9})?|\\.[0-9]{1,9})(ns|us|µs|μs|ms|s|m|h)");

  private PointsInTime() {}

  /**
   * Reads a duration of Go: {@code 300ms}, {@code 1h30m}, {@code 1.5h}, {@code 0}.
   *
   * @throws EngineException INVALID
   */
  public static Duration duration(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher parts = DURATION_PART.matcher(text);
    BigDecimal nanos = BigDecimal.ZERO;
    int end = 0;
    while (text.length() <= MAX_LENGTH && parts.find() && parts.start() == end) {
      nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(nanosOf(parts.group(2))));
      end = parts.end();
    }
    if (end == 0 || end != text.length()) {
      throw new EngineException(
          Kind.INVALID, "not a duration: " + text, "write for example 90s, 1m30s or 500ms");
    }
    try {
      return Duration.ofNanos(nanos.toBigInteger().longValueExact());
    } catch (ArithmeticException e) {
      throw new EngineException(Kind.INVALID, "too long a duration: " + text, e);
    }
  }

  private static BigDecimal nanosOf(String unit) {
    return switch (unit) {
      case "ns" -> BigDecimal.ONE;
      case "us", "µs", "μs" -> BigDecimal.valueOf(1_000);
      case "ms" -> BigDecimal.valueOf(1_000_000);
      case "s" -> BigDecimal.valueOf(1_000_000_000);
      case "m" -> BigDecimal.valueOf(60_000_000_000L);
      default -> BigDecimal.valueOf(3_600_000_000_000L);
    };
  }

  /**
   * Reads a point in time: RFC 3339, a date with or without a time (of {@code zone} if none is
   * given), seconds since 1970, or a duration back from {@code now}.
   *
   * @throws EngineException INVALID
   */
  public static Instant instant(String text, Instant now, ZoneId zone) {
    try {
      if (UNIX_TIME.matcher(text).matches()) {
        BigDecimal seconds = new BigDecimal(text);
        long whole = seconds.longValue();
        long nanos = seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
        return Instant.ofEpochSecond(whole, nanos);
      }
      if (text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}.*") && text.length() <= MAX_LENGTH) {
        return calendarTime(text, zone);
      }
      return now.minus(duration(text));
    } catch (DateTimeException | ArithmeticException e) {
      throw invalid(text);
    } catch (EngineException e) {
      throw invalid(text);
    }
  }

  private static Instant calendarTime(String text, ZoneId zone) {
    if (text.matches(".*T.*(Z|[+-][0-9]{2}:?[0-9]{2})")) {
      return OffsetDateTime.parse(text).toInstant();
    }
    return text.contains("T")
        ? LocalDateTime.parse(text).atZone(zone).toInstant()
        : LocalDate.parse(text).atStartOfDay(zone).toInstant();
  }

  private static EngineException invalid(String text) {
    return new EngineException(
        Kind.INVALID,
        "not a point in time: " + text,
        "write for example 10m (ago), 2026-01-31T12:00:00Z or 1769860800 (seconds since 1970)");
  }
}
