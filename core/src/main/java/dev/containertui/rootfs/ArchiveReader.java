package dev.containertui.rootfs;

import dev.containertui.ext4.FileName;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Reads a tar archive that somebody sends: plain, gzip, zstd, bzip2 or xz, told apart by their
 * first bytes. It is taken for hostile: names do not lead out of where it is unpacked, and it
 * unpacks to no more than the limits.
 */
public final class ArchiveReader implements AutoCloseable {
  private final InputStream in;
  private final TarReader tar;
  private final EntryBudget budget;

  /**
   * A member.
   *
   * @param names of its path, relative to where it is unpacked; none: that directory itself
   * @param target of a hard link, like {@code names}; else empty
   */
  public record Member(TarEntry entry, List<FileName> names, List<FileName> target) {}

  /**
   * Begins to read.
   *
   * @throws LayerException if it is damaged; all methods do
   * @throws IOException what the stream throws
   */
  public ArchiveReader(InputStream archive, UnpackLimits limits) throws IOException {
    in = new Limited(archive, limits.uncompressedBytes());
    tar = new TarReader(in);
    budget = new EntryBudget(limits.entries());
  }

  /** The next member; null at the end. */
  public Member next() throws IOException {
    TarEntry entry = tar.next();
    if (entry == null) {
      // The checksum of what is compressed comes behind the archive's own end.
      in.transferTo(OutputStream.nullOutputStream());
      return null;
    }
    budget.take(entry);
    List<FileName> target =
        entry.type() == TarEntry.Type.HARD_LINK ? EntryNames.parse(entry.linkTarget()) : List.of();
    return new Member(entry, EntryNames.parse(entry.name()), target);
  }

  /**
   * The content of the present member, if it is a file, holes as zeros; up to the next call of
   * {@link #next}.
   */
  public InputStream content() {
    return tar.content();
  }

  /** Closes the decompression and the stream under it. */
  @Override
  public void close() throws IOException {
    in.close();
  }

  /** What comes out of the decompression: bounded, and what is wrong with it told apart. */
  private static final class Limited extends InputStream {
    private final Source source;
    private final InputStream in;
    private final long limit;
    private long left;

    Limited(InputStream archive, long limit) throws IOException {
      this.source = new Source(archive);
      this.limit = limit;
      this.left = limit;
      try {
        this.in = ArchiveCompression.decompress(source);
      } catch (IOException | RuntimeException e) {
        throw damageUnlessUnread(e);
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count;
      try {
        count = in.read(into, offset, length);
      } catch (IOException | RuntimeException e) {
        throw damageUnlessUnread(e);
      }
      left -= Math.max(0, count);
      if (left < 0) {
        throw new LayerException("unpacks to more than the limit of " + limit + " bytes");
      }
      return count;
    }

    /** Decompressors throw what they like at damaged data. */
    private IOException damageUnlessUnread(Exception e) {
      if (source.failure != null) {
        return source.failure;
      }
      return e instanceof LayerException damage
          ? damage
          : new LayerException("damaged compressed data: " + e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** The archive as it is sent, and why it could not be read on. */
  private static final class Source extends FilterInputStream {
    private IOException failure;

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return in.read(into, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}
