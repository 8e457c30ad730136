package dev.containertui.rootfs;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the stored bytes of a sparse member belong (GNU tar manual, "Storing Sparse Files").
 *
 * @param segments in order, not overlapping, inside of {@code realBytes}
 * @param realBytes length of the file, holes included
 */
record SparseMap(List<Segment> segments, long realBytes) {
  /** {@code lengthBytes} stored bytes that belong at {@code offsetBytes}. */
  record Segment(long offsetBytes, long lengthBytes) {}

  /**
   * Checks a map.
   *
   * @param flat offset, length, offset, length, …
   * @param storedBytes what the archive holds of the member
   */
  static SparseMap of(List<Long> flat, long realBytes, long storedBytes) throws LayerException {
    if (flat.size() % 2 != 0 || realBytes < 0) {
      throw new LayerException("a malformed sparse map");
    }
    List<Segment> segments = new ArrayList<>(flat.size() / 2);
    long end = 0;
    long stored = 0;
    for (int i = 0; i < flat.size(); i += 2) {
      long offset = flat.get(i);
      long length = flat.get(i + 1);
      if (offset < end || length < 0 || offset > realBytes || length > realBytes - offset) {
        throw new LayerException("a sparse map that overlaps itself or leaves its file");
      }
      end = offset + length;
      stored += length;
      if (length > 0) {
        segments.add(new Segment(offset, length));
      }
    }
    if (stored != storedBytes) {
      throw new LayerException("a sparse map of another length than the data stored");
    }
    return new SparseMap(List.copyOf(segments), realBytes);
  }

  static SparseMap whole(long bytes) {
    return new SparseMap(bytes == 0 ? List.of() : List.of(new Segment(0, bytes)), bytes);
  }
}
