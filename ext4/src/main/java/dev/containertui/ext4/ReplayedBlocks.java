package dev.containertui.ext4;

import java.util.HashMap;
import java.util.Map;

/**
 * Blocks of a file system whose newest content is not in their place but in the journal: what a
 * replay of the journal would write, kept as where it would be copied from.
 */
final class ReplayedBlocks {
  static final ReplayedBlocks NONE = new ReplayedBlocks(Format.BLOCK_BYTES);

  private final int blockBytes;

  /** Position in the image by block number; its complement if the content is escaped. */
  private final Map<Long, Long> positions = new HashMap<>();

  ReplayedBlocks(int blockBytes) {
    this.blockBytes = blockBytes;
  }

  int blockBytes() {
    return blockBytes;
  }

  boolean isEmpty() {
    return positions.isEmpty();
  }

  /**
   * A later write of the same block replaces an earlier one.
   *
   * @param escaped whether its first four bytes are those of {@link JournalReader#MAGIC}, which the
   *     journal keeps as zeros
   */
  void put(long block, long position, boolean escaped) {
    positions.put(block, escaped ? ~position : position);
  }

  boolean contains(long block) {
    return positions.containsKey(block);
  }

  /** Where a block's content is. */
  long position(long block) {
    long position = positions.get(block);
    return position < 0 ? ~position : position;
  }

  boolean isEscaped(long block) {
    return positions.get(block) < 0;
  }
}
