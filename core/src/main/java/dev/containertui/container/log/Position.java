package dev.containertui.container.log;

import java.util.Comparator;

/**
 * A place in a log, between two entries.
 *
 * @param segment number of the segment, from 1 on
 * @param offset in its file, in bytes
 */
record Position(long segment, long offset) implements Comparable<Position> {
  private static final Comparator<Position> ORDER =
      Comparator.comparingLong(Position::segment).thenComparingLong(Position::offset);

  static Position startOf(long segment) {
    return new Position(segment, SegmentHeader.BYTES);
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }
}
