package dev.containertui.ext4;

import java.util.Arrays;

/**
 * Where the blocks of a file are: runs of logical blocks, in order, each on contiguous blocks of
 * the image. Logical blocks in no run are holes.
 */
final class Extents {
  private static final int FIELDS = 3;
  private static final long[] NONE = {};

  private long[] runs = NONE;
  private int count;
  private long blocks;

  /** Appends a run behind all others, joined to the last one where it continues it. */
  void add(long logical, long physical, long length) {
    blocks += length;
    long left = length;
    if (count > 0) {
      int last = (count - 1) * FIELDS;
      boolean continues =
          runs[last] + runs[last + 2] == logical && runs[last + 1] + runs[last + 2] == physical;
      if (continues) {
        long room = Math.min(left, Format.MAX_EXTENT_BLOCKS - runs[last + 2]);
        runs[last + 2] += room;
        left -= room;
      }
    }
    while (left > 0) {
      long done = length - left;
      long part = Math.min(left, Format.MAX_EXTENT_BLOCKS);
      if ((count + 1) * FIELDS > runs.length) {
        runs = Arrays.copyOf(runs, count == 0 ? FIELDS : runs.length * 2);
      }
      int at = count * FIELDS;
      runs[at] = logical + done;
      runs[at + 1] = physical + done;
      runs[at + 2] = part;
      count++;
      left -= part;
    }
  }

  int count() {
    return count;
  }

  /** Blocks in all runs together. */
  long blocks() {
    return blocks;
  }

  long logical(int index) {
    return runs[index * FIELDS];
  }

  long physical(int index) {
    return runs[index * FIELDS + 1];
  }

  long length(int index) {
    return runs[index * FIELDS + 2];
  }

  void release(BlockAllocator allocator) {
    for (int i = 0; i < count; i++) {
      allocator.free(physical(i), length(i));
    }
    runs = NONE;
    count = 0;
    blocks = 0;
  }
}
