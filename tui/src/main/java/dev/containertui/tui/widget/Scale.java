package dev.containertui.tui.widget;

import dev.containertui.tui.draw.Units;
import java.util.Locale;

/**
 * The vertical axis of a chart, from 0.
 *
 * @param ceiling a round figure, greater than 0
 */
public record Scale(double ceiling, Unit unit) {
  /** What values are counted in; the least ceiling keeps noise from looking like mountains. */
  public enum Unit {
    PERCENT(5),
    BYTES(1 << 20),
    BYTES_PER_SECOND(1 << 10),
    COUNT(1);

    private final double least;

    Unit(double least) {
      this.least = least;
    }
  }

  /**
   * The least scale that shows {@code max}: 1, 2 or 5 times a power of ten, or for bytes a power of
   * two.
   */
  public static Scale upTo(double max, Unit unit) {
    double wanted = Double.isFinite(max) ? Math.max(max, unit.least) : unit.least;
    boolean binary = unit == Unit.BYTES || unit == Unit.BYTES_PER_SECOND;
    double base =
        Math.pow(binary ? 2 : 10, Math.floor(Math.log(wanted) / Math.log(binary ? 2 : 10)));
    for (double step : binary ? new double[] {1, 2} : new double[] {1, 2, 5}) {
      if (wanted <= base * step * (1 + 1e-9)) {
        return new Scale(base * step, unit);
      }
    }
    return new Scale(base * (binary ? 4 : 10), unit);
  }

  /** A figure of the axis. */
  public String label(double value) {
    return switch (unit) {
      case PERCENT -> number(value) + "%";
      case BYTES -> Units.bytes((long) value);
      case BYTES_PER_SECOND -> Units.bytes((long) value) + "/s";
      case COUNT -> number(value);
    };
  }

  private static String number(double value) {
    boolean whole = value >= 99.5 || Math.abs(value - Math.rint(value)) < 1e-9;
    return String.format(Locale.ROOT, whole ? "%.0f" : value < 0.95 ? "%.2f" : "%.1f", value);
  }
}
