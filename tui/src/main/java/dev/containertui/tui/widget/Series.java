package dev.containertui.tui.widget;

import dev.containertui.tui.theme.Look;

/**
 * Values over time, equally far apart.
 *
 * @param values oldest first; NaN where nothing is known
 */
public record Series(String name, Look look, float[] values) {
  /** The greatest; 0 if none is known. */
  public double max() {
    double max = 0;
    for (float value : values) {
      if (value > max) { // false for NaN
        max = value;
      }
    }
    return max;
  }

  /** The newest; NaN if it is not known. */
  double last() {
    return values.length == 0 ? Double.NaN : values[values.length - 1];
  }

  boolean isKnown() {
    for (float value : values) {
      if (!Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  /**
   * One value for each of {@code columns} columns: the greatest of those that fall into it, so that
   * no peak is lost; or, where columns are more than values, what lies between two of them.
   */
  double[] spread(int columns) {
    double[] spread = new double[columns];
    int count = values.length;
    for (int column = 0; column < columns; column++) {
      spread[column] =
          count == 0
              ? Double.NaN
              : count >= columns
                  ? peak(
                      (int) ((long) column * count / columns),
                      (int) ((column + 1L) * count / columns))
                  : between(columns == 1 ? 0 : (double) column * (count - 1) / (columns - 1));
    }
    return spread;
  }

  private double peak(int from, int to) {
    double peak = Double.NaN;
    for (int i = from; i < to; i++) {
      if (!Float.isNaN(values[i]) && !(values[i] <= peak)) {
        peak = values[i];
      }
    }
    return peak;
  }

  private double between(double position) {
    int left = (int) position;
    int right = Math.min(left + 1, values.length - 1);
    double share = position - left;
    if (Float.isNaN(values[left]) || Float.isNaN(values[right])) {
      return share < 0.5 ? values[left] : values[right];
    }
    return values[left] + share * (values[right] - values[left]);
  }
}
