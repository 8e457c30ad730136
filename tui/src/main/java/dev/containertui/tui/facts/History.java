package dev.containertui.tui.facts;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What some figures were over the last hour, in less detail the longer ago. Immutable, and bounded:
 * 4 bytes for each figure and point of time, {@link #POINTS} points in all, so 1.2 kB for a figure.
 *
 * @param <M> names of the figures
 */
public final class History<M extends Enum<M>> {
  /** Points of time that are kept of each figure. */
  public static final int POINTS = 300;

  /** What is shown at once. */
  public enum Range {
    MINUTE("1m", Duration.ofSeconds(1), 60, 2),
    TEN_MINUTES("10m", Duration.ofSeconds(5), 120, 0),
    HOUR("1h", Duration.ofSeconds(30), 120, 0);

    private final String label;
    private final long stepMillis;
    private final int points;

    /** So many points without a sample are no gap: looking takes its time, and the next tells. */
    private final int bridged;

    Range(String label, Duration step, int points, int bridged) {
      this.label = label;
      this.stepMillis = step.toMillis();
      this.points = points;
      this.bridged = bridged;
    }

    /** For example {@code 10m}. */
    public String label() {
      return label;
    }

    public int points() {
      return points;
    }

    public Duration step() {
      return Duration.ofMillis(stepMillis);
    }
  }

  /**
   * The points of a range.
   *
   * @param last number of the newest point, counted in steps since 1970
   * @param samples how many the newest point is the mean of
   * @param values by figure, then by number modulo points; NaN: not known
   */
  private record Ring(long last, int samples, float[] values) {}

  private final Class<M> figures;
  private final Map<Range, Ring> rings;

  private History(Class<M> figures, Map<Range, Ring> rings) {
    this.figures = figures;
    this.rings = rings;
  }

  public static <M extends Enum<M>> History<M> of(Class<M> figures) {
    return new History<>(figures, Map.of());
  }

  public boolean isEmpty() {
    return rings.isEmpty();
  }

  /** With a sample; one that is older than the newest point is left out. */
  public History<M> with(Instant at, ToDoubleFunction<M> sample) {
    Map<Range, Ring> changed = new EnumMap<>(Range.class);
    for (Range range : Range.values()) {
      changed.put(range, with(range, at.toEpochMilli() / range.stepMillis, sample));
    }
    return new History<>(figures, changed);
  }

  private Ring with(Range range, long number, ToDoubleFunction<M> sample) {
    Ring ring = rings.get(range);
    if (ring != null && number < ring.last) {
      return ring;
    }
    M[] all = figures.getEnumConstants();
    float[] values;
    if (ring == null) {
      values = new float[all.length * range.points];
      Arrays.fill(values, Float.NaN);
    } else {
      values = ring.values.clone();
    }
    boolean same = ring != null && number == ring.last;
    int samples = same ? ring.samples + 1 : 1;
    long skipped = ring == null ? 0 : Math.min(range.points, Math.max(0, number - ring.last - 1));
    for (M figure : all) {
      float now = (float) sample.applyAsDouble(figure);
      int base = figure.ordinal() * range.points;
      int at = base + (int) (number % range.points);
      values[at] = same ? values[at] + (now - values[at]) / samples : now;
      for (long i = 1; i <= skipped; i++) {
        int before = base + (int) ((number - i) % range.points);
        values[before] = skipped <= range.bridged ? now : Float.NaN;
      }
    }
    return new Ring(number, samples, values);
  }

  /** The values of a figure until now, oldest first; NaN where it is not known. */
  public float[] values(M figure, Range range, Instant now) {
    float[] values = new float[range.points];
    Arrays.fill(values, Float.NaN);
    Ring ring = rings.get(range);
    if (ring == null) {
      return values;
    }
    // The point of this very moment has no sample yet: that is no gap.
    long present = now.toEpochMilli() / range.stepMillis;
    long end = present - ring.last <= range.bridged + 1 ? ring.last : present;
    int base = figure.ordinal() * range.points;
    for (int i = 0; i < range.points; i++) {
      long number = end - range.points + 1 + i;
      if (number >= 0 && number <= ring.last && number > ring.last - range.points) {
        values[i] = ring.values[base + (int) (number % range.points)];
      }
    }
    return values;
  }
}
