package dev.containertui.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what a replay of the journal would write: the disk of a machine that was killed is whole
 * only with it. The image is not changed. (Linux, Documentation/filesystems/ext4, "Journal (jbd2)";
 * fs/jbd2/recovery.c.)
 *
 * <pre>
 *   block 0      s_first                                                                  s_maxlen
 *   ┌───────────┬──────┬──────┬────────────┬────────┬────────┬────────┬────────────┬────────┬────┐
 *   │ superblock│ data │commit│ descriptor │ data … │ revoke │ commit │ descriptor │ data … │ …  │
 *   └───────────┴──────┴──────┴────────────┴────────┴────────┴────────┴────────────┴────────┴────┘
 *                 ▲ end of a    ▲ s_start: transaction s_sequence          ▲ the one after it
 *                   transaction that wraps around
 * </pre>
 *
 * <p>Transactions count up from {@code s_sequence}; the log ends at the first block that is not
 * what must come next. Only a transaction with its commit block counts, and a damaged one counts no
 * more than those behind it. A block that a later transaction revokes is not replayed from an
 * earlier one. Fast commits, a feature that neither we nor mke2fs turn on, are left out: the file
 * system is then as of its last full commit.
 */
final class JournalReader {
  static final int MAGIC = 0xC03B3998;

  /** The largest that mke2fs makes. */
  private static final long MAX_BYTES = 1L << 30;

  private static final int DESCRIPTOR = 1;
  private static final int COMMIT = 2;
  private static final int SUPERBLOCK_V2 = 4;
  private static final int REVOKE = 5;

  private static final int FEATURE_REVOKE = 0x01;
  private static final int FEATURE_64BIT = 0x02;
  private static final int FEATURE_ASYNC_COMMIT = 0x04;
  private static final int FEATURE_CSUM_V2 = 0x08;
  private static final int FEATURE_CSUM_V3 = 0x10;
  private static final int FEATURE_FAST_COMMIT = 0x20;
  private static final int FEATURES_KNOWN =
      FEATURE_REVOKE
          | FEATURE_64BIT
          | FEATURE_ASYNC_COMMIT
          | FEATURE_CSUM_V2
          | FEATURE_CSUM_V3
          | FEATURE_FAST_COMMIT;

  private static final int DEFAULT_FAST_COMMIT_BLOCKS = 256;
  private static final int HEADER_BYTES = 12;
  private static final int REVOKE_HEADER_BYTES = 16;
  private static final int COMMIT_CHECKSUM = 16;
  private static final int UUID_BYTES = 16;

  private static final int TAG_ESCAPED = 1;
  private static final int TAG_SAME_UUID = 2;
  private static final int TAG_DELETED = 4;
  private static final int TAG_LAST = 8;

  private final ImageSource image;
  private final VolumeInfo volume;

  /** Position in the image of each block of the journal; 0: none. */
  private final long[] positions;

  private final int first;
  private final int end;
  private final int start;
  private final int firstSequence;
  private final boolean wide;
  private final boolean checksummed;
  private final boolean tags3;
  private final byte[] uuid = new byte[UUID_BYTES];

  /** A block that a transaction writes. */
  private record Write(int sequence, long block, long position, boolean escaped) {}

  private JournalReader(ImageSource image, VolumeInfo volume, InodeReader inodes) {
    this.image = image;
    this.volume = volume;
    InodeReader.Inode journal = inodes.read(volume.journalInode());
    Extents extents = inodes.extents(journal);
    ByteBuffer superblock =
        image.read(startOf(extents), volume.blockBytes()).order(ByteOrder.BIG_ENDIAN);
    long blocks = superblock.getInt(16) & 0xFFFF_FFFFL;
    int features = superblock.getInt(4) == SUPERBLOCK_V2 ? superblock.getInt(40) : 0;
    wide = (features & FEATURE_64BIT) != 0;
    tags3 = (features & FEATURE_CSUM_V3) != 0;
    checksummed = tags3 || (features & FEATURE_CSUM_V2) != 0;
    first = superblock.getInt(20);
    firstSequence = superblock.getInt(24);
    start = superblock.getInt(28);
    boolean sane =
        superblock.getInt(0) == MAGIC
            && superblock.getInt(12) == volume.blockBytes()
            && blocks * volume.blockBytes() <= Math.min(MAX_BYTES, journal.sizeBytes())
            && (features & ~FEATURES_KNOWN) == 0;
    end = sane ? (int) blocks - fastCommitBlocks(superblock, features) : 0;
    if (!sane || first < 1 || first >= end || (start != 0 && (start < first || start >= end))) {
      throw image.corrupt("a journal of impossible numbers or unknown features");
    }
    positions = new long[end];
    for (int i = 0; i < extents.count(); i++) {
      long last = Math.min(end, extents.logical(i) + extents.length(i));
      for (long block = extents.logical(i); block < last; block++) {
        positions[(int) block] =
            (extents.physical(i) + block - extents.logical(i)) * volume.blockBytes();
      }
    }
    superblock.get(48, uuid);
  }

  private long startOf(Extents extents) {
    if (extents.count() == 0 || extents.logical(0) != 0) {
      throw image.corrupt("a journal without a beginning");
    }
    return extents.physical(0) * volume.blockBytes();
  }

  private static int fastCommitBlocks(ByteBuffer superblock, int features) {
    if ((features & FEATURE_FAST_COMMIT) == 0) {
      return 0;
    }
    int blocks = superblock.getInt(0x54);
    return blocks == 0 ? DEFAULT_FAST_COMMIT_BLOCKS : Math.max(0, blocks);
  }

  /** What the journal of a file system that was not unmounted would write. */
  static ReplayedBlocks replay(ImageSource image, VolumeInfo volume, InodeReader inodes) {
    return new JournalReader(image, volume, inodes).replay();
  }

  private ReplayedBlocks replay() {
    ReplayedBlocks replayed = new ReplayedBlocks(volume.blockBytes());
    if (start == 0) {
      return replayed;
    }
    List<Write> writes = new ArrayList<>();
    List<Long> revokes = new ArrayList<>();
    scan(writes, revokes);
    Map<Long, Integer> revoked = revoked(writes, revokes);
    for (Write write : writes) {
      Integer by = revoked.get(write.block);
      if (by == null || by - write.sequence < 0) {
        replayed.put(write.block, write.position, write.escaped);
      }
    }
    return replayed;
  }

  /**
   * Follows the log to its end.
   *
   * @param writes of all transactions that are complete, in their order
   * @param revokes positions of their revoke blocks
   */
  private void scan(List<Write> writes, List<Long> revokes) {
    int at = start;
    int sequence = firstSequence;
    int committedWrites = 0;
    int committedRevokes = 0;
    // A hostile log may run in circles within one transaction.
    for (int left = end - first; left > 0; left--) {
      ByteBuffer block = block(at);
      if (block == null || block.getInt(0) != MAGIC || block.getInt(8) != sequence) {
        break;
      }
      int type = block.getInt(4);
      long position = positions[at];
      at = next(at);
      if (type == DESCRIPTOR && tailIsRight(block)) {
        int data = readTags(block, at, left - 1, writes);
        if (data < 0) {
          break;
        }
        left -= data;
        for (int i = 0; i < data; i++) {
          at = next(at);
        }
      } else if (type == REVOKE && tailIsRight(block)) {
        revokes.add(position);
      } else if (type == COMMIT && commitIsRight(block)) {
        committedWrites = writes.size();
        committedRevokes = revokes.size();
        sequence++;
      } else {
        break;
      }
    }
    writes.subList(committedWrites, writes.size()).clear();
    revokes.subList(committedRevokes, revokes.size()).clear();
  }

  /**
   * Reads the tags of a descriptor, each of a block that follows it.
   *
   * @param at the first block after the descriptor
   * @return how many follow; -1 if that cannot be
   */
  private int readTags(ByteBuffer descriptor, int at, int limit, List<Write> writes) {
    int sequence = descriptor.getInt(8);
    int tagBytes = tags3 ? 16 : 8 + (wide ? 4 : 0) + (checksummed ? 2 : 0);
    int room = descriptor.capacity() - (checksummed ? 4 : 0);
    int data = at;
    int count = 0;
    int offset = HEADER_BYTES;
    while (offset + tagBytes <= room) {
      int flags = tags3 ? descriptor.getInt(offset + 4) : descriptor.getShort(offset + 6);
      long number = descriptor.getInt(offset) & 0xFFFF_FFFFL;
      if (wide) {
        number |= (long) descriptor.getInt(offset + 8) << 32;
      }
      if (count == limit || data >= end || positions[data] == 0) {
        return -1;
      }
      if (number >= 0
          && number < volume.blocks()
          && (flags & TAG_DELETED) == 0
          && dataIsRight(descriptor, offset, data, sequence)) {
        writes.add(new Write(sequence, number, positions[data], (flags & TAG_ESCAPED) != 0));
      }
      data = next(data);
      count++;
      if ((flags & TAG_LAST) != 0) {
        break;
      }
      offset += tagBytes + ((flags & TAG_SAME_UUID) == 0 ? UUID_BYTES : 0);
    }
    return count;
  }

  /** Revoked blocks, as far as they are written, and the last transaction that says so. */
  private Map<Long, Integer> revoked(List<Write> writes, List<Long> revokes) {
    Map<Long, Integer> revoked = new HashMap<>();
    if (revokes.isEmpty()) {
      return revoked;
    }
    Map<Long, Integer> written = new HashMap<>();
    writes.forEach(write -> written.put(write.block, write.sequence));
    int entryBytes = wide ? 8 : 4;
    for (long position : revokes) {
      ByteBuffer block = image.read(position, volume.blockBytes()).order(ByteOrder.BIG_ENDIAN);
      int used = Math.clamp(block.getInt(12), 0, block.capacity() - (checksummed ? 4 : 0));
      for (int at = REVOKE_HEADER_BYTES; at + entryBytes <= used; at += entryBytes) {
        long number = wide ? block.getLong(at) : block.getInt(at) & 0xFFFF_FFFFL;
        if (written.containsKey(number)) {
          // Later transactions come later.
          revoked.put(number, block.getInt(8));
        }
      }
    }
    return revoked;
  }

  /** A block of the log, big-endian; null if it has none there. */
  private ByteBuffer block(int at) {
    return positions[at] == 0
        ? null
        : image.read(positions[at], volume.blockBytes()).order(ByteOrder.BIG_ENDIAN);
  }

  private int next(int at) {
    return at + 1 == end ? first : at + 1;
  }

  /** The checksum at the end of a descriptor or revoke block. */
  private boolean tailIsRight(ByteBuffer block) {
    return !checksummed || checksumIsRight(block, block.capacity() - 4);
  }

  private boolean commitIsRight(ByteBuffer block) {
    return !checksummed || checksumIsRight(block, COMMIT_CHECKSUM);
  }

  private boolean checksumIsRight(ByteBuffer block, int field) {
    int stored = block.getInt(field);
    byte[] bytes = block.array().clone();
    ByteBuffer.wrap(bytes).putInt(field, 0);
    return MetadataChecksum.of(uuid, bytes) == stored;
  }

  /** The checksum of a data block, of which version 2 keeps the lower half only. */
  private boolean dataIsRight(ByteBuffer descriptor, int tag, int at, int sequence) {
    if (!checksummed) {
      return true;
    }
    byte[] number = ByteBuffer.allocate(4).putInt(sequence).array();
    int sum = MetadataChecksum.of(uuid, number, block(at).array());
    return tags3 ? descriptor.getInt(tag + 12) == sum : descriptor.getShort(tag + 4) == (short) sum;
  }
}
