package dev.containertui.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Numbers with units as people read them. */
public final class Humanize {
  private static final String[] DECIMAL = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Humanize() {}

  /** Three digits and a decimal unit, as {@code docker images} prints sizes: {@code 4.21 MB}. */
  public static String bytes(long bytes) {
    if (bytes > -1000 && bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = 0;
    while (Math.abs(value) >= 999.5 && unit < DECIMAL.length - 1) {
      value /= 1000;
      unit++;
    }
    return threeDigits(value) + " " + DECIMAL[unit];
  }

  private static String threeDigits(double value) {
    double size = Math.abs(value);
    String format = size >= 99.95 ? "%.0f" : size >= 9.995 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  /** {@code 840 µs}, {@code 12.5 ms}, {@code 3.20 s}, {@code 4 min 5 s}, {@code 3 h 20 min}. */
  public static String duration(Duration duration) {
    if (duration.isNegative()) {
      return "-" + duration(duration.negated());
    }
    long seconds = duration.toSeconds();
    if (seconds >= 86_400) {
      return pair(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }
    if (seconds >= 3600) {
      return pair(seconds / 3600, "h", seconds % 3600 / 60, "min");
    }
    if (seconds >= 60) {
      return pair(seconds / 60, "min", seconds % 60, "s");
    }
    double nanos = duration.toNanos();
    if (nanos == 0) {
      return "0 s";
    }
    if (nanos >= 999.5e6) {
      return threeDigits(nanos / 1e9) + " s";
    }
    if (nanos >= 999.5e3) {
      return threeDigits(nanos / 1e6) + " ms";
    }
    return threeDigits(nanos / 1e3) + " µs";
  }

  private static String pair(long big, String bigUnit, long small, String smallUnit) {
    return big + " " + bigUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  /** How long ago something was, with one unit: {@code 5 minutes ago}, {@code 2 weeks ago}. */
  public static String ago(Instant instant, Instant now) {
    long seconds = Duration.between(instant, now).toSeconds();
    if (seconds < 0) {
      return "in the future";
    }
    if (seconds < 2) {
      return "now";
    }
    if (seconds < 120) {
      return seconds + " seconds ago";
    }
    if (seconds < 7200) {
      return seconds / 60 + " minutes ago";
    }
    if (seconds < 2 * 86_400) {
      return seconds / 3600 + " hours ago";
    }
    if (seconds < 14 * 86_400) {
      return seconds / 86_400 + " days ago";
    }
    if (seconds < 60 * 86_400) {
      return seconds / (7 * 86_400) + " weeks ago";
    }
    if (seconds < 2 * 365 * 86_400L) {
      return seconds / (30 * 86_400) + " months ago";
    }
    return seconds / (365 * 86_400L) + " years ago";
  }

  /** {@code exitCode} becomes {@code exit code}. */
  public static String words(String camelCase) {
    return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  /** The first 12 digits of a digest, without its algorithm. */
  public static String shortDigest(String digest) {
    String digits = digest.substring(digest.indexOf(':') + 1);
    return digits.length() > 12 ? digits.substring(0, 12) : digits;
  }
}
