package dev.containertui.container;

/**
 * How much of a container's output is kept.
 *
 * @param maxSegmentBytes size of a log file after which the next one is begun, at least 64 KiB
 * @param maxSegments how many of them are kept, at least 1
 */
public record LogOptions(long maxSegmentBytes, int maxSegments) {
  public static final LogOptions DEFAULT = new LogOptions(16 << 20, 4);
  public static final long MIN_SEGMENT_BYTES = 64 << 10;
}
