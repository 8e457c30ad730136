package dev.containertui.tui.draw;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Figures as people read them. */
public final class Units {
  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final String BARS = "▁▂▃▄▅▆▇█";

  private Units() {}

  /** For example {@code 512 B}, {@code 4.2 MiB}, {@code 118 MiB}: three digits at most. */
  public static String bytes(long bytes) {
    double value = Math.max(0, bytes);
    int unit = 0;
    while (value >= 999.5 && unit < BINARY.length - 1) {
      value /= 1024;
      unit++;
    }
    String format = unit == 0 || value >= 99.95 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, format, value, BINARY[unit]);
  }

  /** For example {@code 8s}, {@code 3m12s}, {@code 2h05m}, {@code 4d11h}. */
  public static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    } else if (seconds < 3600) {
      return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
    } else if (seconds < 86400) {
      return String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds / 60 % 60);
    }
    return String.format(Locale.ROOT, "%dd%02dh", seconds / 86400, seconds / 3600 % 24);
  }

  /** One rounded unit and "ago", for example {@code 3 weeks ago}. */
  public static String age(Duration age) {
    long minutes = Math.max(0, age.toMinutes());
    if (minutes < 1) {
      return "just now";
    }
    long days = minutes / 1440;
    if (minutes < 60) {
      return count(minutes, "minute");
    } else if (days < 1) {
      return count(minutes / 60, "hour");
    } else if (days < 14) {
      return count(days, "day");
    } else if (days < 60) {
      return count(days / 7, "week");
    } else if (days < 730) {
      return count(days / 30, "month");
    }
    return count(days / 365, "year");
  }

  private static String count(long n, String unit) {
    return n + " " + unit + (n == 1 ? "" : "s") + " ago";
  }

  public static String percent(double percent) {
    return String.format(Locale.ROOT, percent >= 99.95 ? "%.0f%%" : "%.1f%%", percent);
  }

  /**
   * The last {@code width} values as bars, each an eighth of the {@code ceiling} high; shorter
   * histories are right-aligned.
   */
  public static String sparkline(List<Long> values, long ceiling, int width) {
    StringBuilder bars = new StringBuilder();
    int from = Math.max(0, values.size() - width);
    bars.repeat(" ", Math.max(0, width - values.size()));
    for (long value : values.subList(from, values.size())) {
      long level = ceiling <= 0 ? 0 : Math.clamp(value * BARS.length() / ceiling, 0, 7);
      bars.append(BARS.charAt((int) level));
    }
    return bars.toString();
  }

  /** A bar of {@code width} cells, filled by eighths of a cell. */
  public static String bar(double fraction, int width) {
    int eighths = (int) Math.round(Math.clamp(fraction, 0, 1) * width * 8);
    StringBuilder bar = new StringBuilder().repeat("█", eighths / 8);
    if (eighths % 8 > 0) {
      bar.append(" ▏▎▍▌▋▊▉".charAt(eighths % 8));
    }
    return bar.append(" ".repeat(width - bar.length())).toString();
  }
}
