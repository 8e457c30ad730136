package dev.containertui.ext4;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What an image is to be. The same options and the same operations give the same bytes.
 *
 * @param sizeBytes size of the file system, a multiple of 4096 up to 16 TiB; 0: as big as its
 *     content needs, without free space, at most {@link #MAX_FITTED_BYTES}
 * @param uuid identity of the file system; seeds its checksums and directory hashes
 * @param label volume name, at most 16 bytes of UTF-8
 * @param journalBytes size of the journal, a multiple of 4096: 0 for none, else 4 MiB to 128 MiB
 * @param lostAndFound whether the root directory gets {@code lost+found}
 */
public record Ext4Options(
    long sizeBytes, UUID uuid, String label, long journalBytes, boolean lostAndFound) {
  /** Largest image whose size is not given; bounds the descriptor table reserved at its head. */
  public static final long MAX_FITTED_BYTES = 1L << 40;

  private static final long MAX_BYTES = 1L << 44;
  private static final long MIN_JOURNAL_BYTES = 4L << 20;
  private static final long MAX_JOURNAL_BYTES = 128L << 20;

  public Ext4Options {
    if (sizeBytes < 0 || sizeBytes >= MAX_BYTES || sizeBytes % Format.BLOCK_BYTES != 0) {
      throw invalid("a file system has a multiple of 4096 bytes below 16 TiB, not " + sizeBytes);
    }
    if (label.getBytes(StandardCharsets.UTF_8).length > 16) {
      throw invalid("a volume name has at most 16 bytes: " + label);
    }
    if (journalBytes != 0
        && (journalBytes < MIN_JOURNAL_BYTES
            || journalBytes > MAX_JOURNAL_BYTES
            || journalBytes % Format.BLOCK_BYTES != 0)) {
      throw invalid("a journal has 4 to 128 MiB, a multiple of 4096 bytes, not " + journalBytes);
    }
  }

  /** A read-only image, just big enough: no journal, no {@code lost+found}. */
  public static Ext4Options fitted(UUID uuid) {
    return new Ext4Options(0, uuid, "", 0, false);
  }

  /**
   * A disk to be written to: a journal of 1/64 of the size (as mke2fs, 4 to 128 MiB; none below 64
   * MiB) and {@code lost+found}.
   */
  public static Ext4Options writable(long sizeBytes, UUID uuid) {
    if (sizeBytes <= 0) {
      throw invalid("a disk of " + sizeBytes + " bytes");
    }
    long journal = Math.clamp(sizeBytes / 64, MIN_JOURNAL_BYTES, MAX_JOURNAL_BYTES);
    journal -= journal % Format.BLOCK_BYTES;
    return new Ext4Options(sizeBytes, uuid, "", sizeBytes < (64L << 20) ? 0 : journal, true);
  }

  boolean isFitted() {
    return sizeBytes == 0;
  }

  private static Ext4Exception invalid(String message) {
    return new Ext4Exception(Ext4Exception.Reason.INVALID, message);
  }
}
