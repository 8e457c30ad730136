package dev.containertui.rootfs;

import com.github.luben.zstd.ZstdIOException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The tar stream of a layer. One thread reads and decompresses the blob, ahead by a few megabytes;
 * the reader's thread hashes what it takes.
 */
final class LayerStream extends InputStream {
  private static final int CHUNK_BYTES = 256 << 10;
  private static final int CHUNKS = 16;

  /** A piece of the stream; a last one has no bytes and perhaps says what went wrong. */
  private record Chunk(byte[] bytes, int length, Throwable failure) {}

  private static final Chunk NOTHING = new Chunk(new byte[0], 0, null);

  private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(CHUNKS + 1);
  private final BlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(CHUNKS);
  private final MessageDigest digest;
  private final Budget budget;
  private final Thread inflater;
  private final byte[] oneByte = new byte[1];
  private Chunk current = NOTHING;
  private int position;
  private boolean ended;

  /** Bytes that all layers together may still unpack to. */
  static final class Budget {
    private final long limitBytes;
    private long left;

    Budget(long limitBytes) {
      this.limitBytes = limitBytes;
      this.left = limitBytes;
    }

    private void take(int bytes) throws LayerException {
      left -= bytes;
      if (left < 0) {
        throw new LayerException("unpacks to more than the limit of " + limitBytes + " bytes");
      }
    }
  }

  /** Opens a layer; {@code blobBytesRead} counts what has been read of the stored blob. */
  LayerStream(LayerSource layer, Budget budget, AtomicLong blobBytesRead) {
    this.budget = budget;
    digest = sha256();
    for (int i = 0; i < CHUNKS; i++) {
      empty.add(new byte[CHUNK_BYTES]);
    }
    inflater =
        Thread.ofPlatform()
            .daemon()
            .name("layer-inflater")
            .start(() -> inflate(layer, blobBytesRead));
  }

  private void inflate(LayerSource layer, AtomicLong blobBytesRead) {
    Throwable failure = null;
    try (InputStream blob = layer.opener().open();
        InputStream in = LayerCompression.decompress(new Counting(blob, blobBytesRead))) {
      while (true) {
        byte[] bytes = empty.take();
        int length = in.readNBytes(bytes, 0, bytes.length);
        if (length == 0) {
          break;
        }
        full.put(new Chunk(bytes, length, null));
      }
    } catch (InterruptedException e) {
      // The reader has gone away; nobody waits for more.
      return;
    } catch (Throwable e) {
      failure = e;
    }
    // Has room always: the queue is longer than there are chunks.
    full.add(new Chunk(new byte[0], 0, failure));
  }

  @Override
  public int read() throws IOException {
    return read(oneByte, 0, 1) < 0 ? -1 : oneByte[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (position == current.length && !advance()) {
      return -1;
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current.bytes, position, into, offset, count);
    position += count;
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    if (count <= 0 || (position == current.length && !advance())) {
      return 0;
    }
    int skipped = (int) Math.min(count, current.length - position);
    position += skipped;
    return skipped;
  }

  /** Moves on to the next chunk; false at the end. */
  private boolean advance() throws IOException {
    if (ended) {
      return fail();
    }
    byte[] used = current.bytes;
    current = NOTHING;
    position = 0;
    if (used.length > 0) {
      empty.add(used);
    }
    try {
      current = full.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    if (current.length == 0) {
      ended = true;
      return fail();
    }
    budget.take(current.length);
    digest.update(current.bytes, 0, current.length);
    return true;
  }

  private boolean fail() throws IOException {
    switch (current.failure) {
      case null -> {
        return false;
      }
      case LayerException e -> throw e;
      case ZstdIOException e -> throw new LayerException("damaged zstd data: " + e.getMessage(), e);
      case IOException e -> throw e;
      case Throwable e -> throw new LayerException("cannot be decompressed: " + e, e);
    }
  }

  /** Reads what is left and returns the digest of the whole stream, {@code sha256:…}. */
  String drainAndDigest() throws IOException {
    do {
      position = current.length;
    } while (advance());
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  /** Stops the other thread; a blob that is being read may take until its next byte arrives. */
  @Override
  public void close() {
    inflater.interrupt();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Counting extends FilterInputStream {
    private final AtomicLong count;

    Counting(InputStream in, AtomicLong count) {
      super(in);
      this.count = count;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count.addAndGet(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      count.addAndGet(Math.max(0, read));
      return read;
    }
  }
}
