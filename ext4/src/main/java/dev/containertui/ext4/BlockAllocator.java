package dev.containertui.ext4;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which blocks are in use while an image is written: everything below {@link #end()} but the free
 * runs. New blocks come from the end, or from a free run that is long enough. The end never moves
 * back, so that what lies behind it was never written and reads as zeros: inode tables rely on it.
 */
final class BlockAllocator {
  private record Run(long length, long start) implements Comparable<Run> {
    @Override
    public int compareTo(Run other) {
      int byLength = Long.compare(length, other.length);
      return byLength != 0 ? byLength : Long.compare(start, other.start);
    }
  }

  private final long limit;
  private final TreeMap<Long, Long> freeByStart = new TreeMap<>();
  private final TreeSet<Run> freeByLength = new TreeSet<>();
  private long end;

  /**
   * @param end first block that may be handed out
   * @param limit number of blocks of the file system, or of the largest that it may become
   */
  BlockAllocator(long end, long limit) {
    this.end = end;
    this.limit = limit;
  }

  /** One past the last block ever handed out. */
  long end() {
    return end;
  }

  /** Free runs below {@link #end()}, length by start. */
  Map<Long, Long> freeRuns() {
    return freeByStart;
  }

  /** Contiguous blocks, from the shortest free run that holds them, else from the end. */
  long allocate(long count) {
    long reused = reuse(count);
    return reused >= 0 ? reused : extend(count);
  }

  /** Contiguous blocks from a free run, or -1. */
  long reuse(long count) {
    Run run = freeByLength.ceiling(new Run(count, 0));
    if (run == null) {
      return -1;
    }
    drop(run);
    if (run.length > count) {
      put(run.start + count, run.length - count);
    }
    return run.start;
  }

  /** Contiguous blocks at the end. */
  long extend(long count) {
    if (count > limit - end) {
      throw new Ext4Exception(
          Ext4Exception.Reason.LIMIT,
          "the file system is full: it has " + limit * Format.BLOCK_BYTES + " bytes");
    }
    long start = end;
    end += count;
    return start;
  }

  void free(long start, long count) {
    if (count == 0) {
      return;
    }
    long from = start;
    long length = count;
    Map.Entry<Long, Long> before = freeByStart.lowerEntry(start);
    if (before != null && before.getKey() + before.getValue() == start) {
      drop(new Run(before.getValue(), before.getKey()));
      from = before.getKey();
      length += before.getValue();
    }
    Long after = freeByStart.get(start + count);
    if (after != null) {
      drop(new Run(after, start + count));
      length += after;
    }
    put(from, length);
  }

  private void put(long start, long length) {
    freeByStart.put(start, length);
    freeByLength.add(new Run(length, start));
  }

  private void drop(Run run) {
    freeByStart.remove(run.start);
    freeByLength.remove(run);
  }
}
