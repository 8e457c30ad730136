package dev.containertui.ext4;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * Takes the content of one regular file. Blocks are given out as bytes arrive and are written to
 * their final place; long runs of zeros become holes. The file appears in the image at {@link
 * #close}; {@link #abandon} drops it instead.
 */
public final class FileSink extends OutputStream {
  /** 1 MiB: a file of known size up to this is one contiguous write. */
  static final int CHUNK_BYTES = 1 << 20;

  /** Shorter runs of zero blocks are stored, so that a file is not cut into crumbs. */
  private static final int MIN_HOLE_BLOCKS = 16;

  private static final long MAX_BLOCKS = 1L << 32;
  private static final byte[] ZEROS = new byte[Format.BLOCK_BYTES];

  private final Ext4Writer writer;
  private final ImagePath path;
  private final Node.File file;
  private final ImageFile image;
  private final BlockAllocator allocator;
  private final byte[] chunk;
  private final byte[] oneByte = new byte[1];
  private int filled;
  private long logical;
  private long reservedStart;
  private long reserved;
  private boolean open = true;

  FileSink(
      Ext4Writer writer,
      ImagePath path,
      Node.File file,
      ImageFile image,
      BlockAllocator allocator,
      byte[] chunk,
      long expectedBytes) {
    this.writer = writer;
    this.path = path;
    this.file = file;
    this.image = image;
    this.allocator = allocator;
    this.chunk = chunk;
    if (expectedBytes > 0 && !allocator.freeRuns().isEmpty()) {
      long wanted = Format.blocksFor(expectedBytes);
      reservedStart = allocator.reuse(wanted);
      reserved = reservedStart < 0 ? 0 : wanted;
    }
  }

  @Override
  public void write(int b) {
    oneByte[0] = (byte) b;
    write(oneByte, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    requireOpen();
    int at = offset;
    int left = length;
    while (left > 0) {
      int part = Math.min(left, chunk.length - filled);
      System.arraycopy(bytes, at, chunk, filled, part);
      filled += part;
      at += part;
      left -= part;
      flushIfFull();
    }
  }

  /** Where the next bytes may be put directly; tell {@link #advance} how many came. */
  byte[] buffer() {
    return chunk;
  }

  int bufferOffset() {
    return filled;
  }

  void advance(int count) {
    filled += count;
    flushIfFull();
  }

  /** Appends {@code count} zero bytes; whole blocks of them take no space. */
  public void skip(long count) {
    requireOpen();
    long left = count;
    int toBoundary = (Format.BLOCK_BYTES - filled % Format.BLOCK_BYTES) % Format.BLOCK_BYTES;
    int head = (int) Math.min(left, toBoundary);
    write(ZEROS, 0, head);
    left -= head;
    if (left >= Format.BLOCK_BYTES) {
      flush();
      long blocks = left / Format.BLOCK_BYTES;
      requireRoom(blocks);
      logical += blocks;
      left -= blocks * Format.BLOCK_BYTES;
    }
    write(ZEROS, 0, (int) left);
  }

  /** Bytes taken so far, holes included. */
  public long sizeBytes() {
    return logical * Format.BLOCK_BYTES + filled;
  }

  /** Completes the file and enters it into its directory. */
  @Override
  public void close() {
    if (!open) {
      return;
    }
    file.sizeBytes = sizeBytes();
    int padded = (int) Format.blocksFor(filled) * Format.BLOCK_BYTES;
    Arrays.fill(chunk, filled, padded, (byte) 0);
    filled = padded;
    flush();
    allocator.free(reservedStart, reserved);
    open = false;
    writer.complete(path, file);
  }

  /** Drops the file; its blocks are free again. */
  public void abandon() {
    if (open) {
      open = false;
      allocator.free(reservedStart, reserved);
      file.extents.release(allocator);
      writer.abandoned();
    }
  }

  private void flushIfFull() {
    if (filled == chunk.length) {
      flush();
    }
  }

  /** Writes the chunk, which holds whole blocks. */
  @Override
  public void flush() {
    if (filled % Format.BLOCK_BYTES != 0) {
      // A caller's flush in the middle of a block: nothing is lost by waiting.
      return;
    }
    int blocks = filled / Format.BLOCK_BYTES;
    requireRoom(blocks);
    int from = 0;
    while (from < blocks) {
      int zeros = zeroBlocks(from, blocks);
      if (zeros >= MIN_HOLE_BLOCKS || (zeros > 0 && zeros == blocks)) {
        from += zeros;
      } else {
        int to = from + zeros;
        while (to < blocks
            && zeroBlocks(to, Math.min(blocks, to + MIN_HOLE_BLOCKS)) < MIN_HOLE_BLOCKS) {
          to++;
        }
        store(from, to - from);
        from = to;
      }
    }
    logical += blocks;
    filled = 0;
  }

  private int zeroBlocks(int from, int limit) {
    int block = from;
    while (block < limit) {
      int start = block * Format.BLOCK_BYTES;
      int end = start + Format.BLOCK_BYTES;
      // Most blocks are told apart by their first bytes; mismatch on arrays is vectorised.
      if (chunk[start] != 0 || !Arrays.equals(chunk, start, end, ZEROS, 0, Format.BLOCK_BYTES)) {
        break;
      }
      block++;
    }
    return block - from;
  }

  private void store(int from, int count) {
    int done = 0;
    while (done < count) {
      int part = count - done;
      long physical;
      if (reserved > 0) {
        part = (int) Math.min(part, reserved);
        physical = reservedStart;
        reservedStart += part;
        reserved -= part;
      } else {
        physical = allocator.extend(part);
      }
      file.extents.add(logical + from + done, physical, part);
      image.writeBlocks(
          physical, chunk, (from + done) * Format.BLOCK_BYTES, part * Format.BLOCK_BYTES);
      done += part;
    }
  }

  private void requireRoom(long blocks) {
    if (blocks > MAX_BLOCKS - 1 - logical) {
      throw new Ext4Exception(Ext4Exception.Reason.LIMIT, "a file of more than 16 TiB: " + path);
    }
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("the file is complete: " + path);
    }
  }
}
