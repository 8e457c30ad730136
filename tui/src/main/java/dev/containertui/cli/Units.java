package dev.containertui.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Sizes and times as docker writes and reads them. */
final class Units {
  private static final String[] DECIMAL = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Units() {}

  /** Powers of 1000, at most four digits: {@code 13.3kB}, {@code 7.8MB}. */
  static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < DECIMAL.length - 1) {
      value /= 1000;
      unit++;
    }
    if (unit == 0) {
      return bytes + "B";
    }
    String digits =
        String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    if (digits.contains(".")) {
      digits = digits.replaceFirst("\\.?0+$", "");
    }
    return digits + DECIMAL[unit];
  }

  /** Powers of 1024, at most four digits: {@code 7.637MiB}, as docker's stats have memory. */
  static String binarySize(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < BINARY.length - 1) {
      value /= 1024;
      unit++;
    }
    if (unit == 0) {
      return bytes + "B";
    }
    int decimals = value < 10 ? 3 : value < 100 ? 2 : value < 1000 ? 1 : 0;
    String digits = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return (digits.contains(".") ? digits.replaceFirst("\\.?0+$", "") : digits) + BINARY[unit];
  }

  /** RFC 3339 in UTC with all nine digits of nanoseconds, so that columns stay columns. */
  static String timestamp(Instant at) {
    return TIMESTAMP.format(at);
  }

  /** Memory, which comes in powers of two: {@code 512MiB}; to the nearest. */
  static String memory(long bytes) {
    return ((bytes + (1 << 19)) >> 20) + "MiB";
  }

  /** {@code 3 weeks}, {@code About an hour}: how long ago, without the word "ago". */
  static String age(Instant then, Instant now) {
    long seconds = Math.max(0, Duration.between(then, now).toSeconds());
    long minutes = seconds / 60;
    long hours = Math.round(seconds / 3600.0);
    long days = hours / 24;
    if (seconds < 1) {
      return "Less than a second";
    } else if (seconds == 1) {
      return "1 second";
    } else if (seconds < 60) {
      return seconds + " seconds";
    } else if (minutes == 1) {
      return "About a minute";
    } else if (minutes < 60) {
      return minutes + " minutes";
    } else if (hours == 1) {
      return "About an hour";
    } else if (hours < 48) {
      return hours + " hours";
    } else if (days < 14) {
      return days + " days";
    } else if (days < 60) {
      return days / 7 + " weeks";
    } else if (days < 730) {
      return days / 30 + " months";
    }
    return days / 365 + " years";
  }

  /**
   * Reads {@code 512m}, {@code 1.5g}, {@code 64MiB}, {@code 1048576}: powers of 1024, as {@code
   * docker run --memory}.
   *
   * @return bytes, at least 1; empty if the text is no such size or does not fit a long
   */
  static OptionalLong parseMemory(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    int end = 0;
    while (end < lower.length()
        && (Character.isDigit(lower.charAt(end)) || lower.charAt(end) == '.')) {
      end++;
    }
    int power =
        switch (lower.substring(end).strip()) {
          case "", "b" -> 0;
          case "k", "kb", "kib" -> 1;
          case "m", "mb", "mib" -> 2;
          case "g", "gb", "gib" -> 3;
          case "t", "tb", "tib" -> 4;
          default -> -1;
        };
    OptionalDouble number = parseNumber(lower.substring(0, end));
    if (power < 0 || number.isEmpty()) {
      return OptionalLong.empty();
    }
    double bytes = number.getAsDouble() * Math.pow(1024, power);
    return bytes >= 1 && bytes < Long.MAX_VALUE
        ? OptionalLong.of((long) bytes)
        : OptionalLong.empty();
  }

  private static OptionalDouble parseNumber(String digits) {
    try {
      return OptionalDouble.of(Double.parseDouble(digits));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
