package dev.containertui.rootfs;

import com.github.luben.zstd.ZstdIOException;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Printable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The members of a tar archive that somebody hands in from outside, compressed or not. The bytes
 * are hostile: what is wrong with them ends in an {@link EngineException} of kind CORRUPT; an
 * {@link IOException} is the source's.
 */
public final class TarMembers implements AutoCloseable {
  private final String what;
  private final InputStream in;
  private final TarReader reader;

  /** What a member is, as far as it matters here. */
  public enum Type {
    FILE,
    DIRECTORY,
    SYMBOLIC_LINK,
    HARD_LINK,
    OTHER
  }

  /**
   * A member.
   *
   * @param name as it stands there; no path of the host may be made of it
   * @param linkTarget of links
   * @param sizeBytes of files, 0 or more
   */
  public record Member(Type type, String name, String linkTarget, long sizeBytes) {}

  /** What reads an archive. */
  private interface Step<T> {
    T run() throws IOException;
  }

  private TarMembers(String what, InputStream in) {
    this.what = what;
    this.in = in;
    reader = new TarReader(in);
  }

  /**
   * Opens an archive: plain, or compressed with gzip, zstd, bzip2 or xz.
   *
   * @param archive not closed
   * @param tap sees all bytes of the uncompressed archive as they are read
   * @param what what the archive is, as the subject of an error message
   */
  public static TarMembers open(InputStream archive, OutputStream tap, String what)
      throws IOException {
    return checked(
        what,
        () ->
            new TarMembers(
                what, new Tapped(ArchiveCompression.decompress(new Unclosable(archive)), tap)));
  }

  /** The next member; empty at the end of the archive. */
  public Optional<Member> next() throws IOException {
    return checked(what, () -> Optional.ofNullable(reader.next()).map(TarMembers::member));
  }

  private static Member member(TarEntry entry) {
    Type type =
        switch (entry.type()) {
          case FILE -> Type.FILE;
          case DIRECTORY -> Type.DIRECTORY;
          case SYMLINK -> Type.SYMBOLIC_LINK;
          case HARD_LINK -> Type.HARD_LINK;
          case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> Type.OTHER;
        };
    return new Member(
        type,
        new String(entry.name(), StandardCharsets.UTF_8),
        new String(entry.linkTarget(), StandardCharsets.UTF_8),
        entry.sizeBytes());
  }

  /** Writes the content of the present file, at most once; one with holes is refused. */
  public void copyTo(OutputStream out) throws IOException {
    checked(
        what,
        () -> {
          reader.copyWhole(out);
          return null;
        });
  }

  /** Reads what comes after the last member. */
  public void drain() throws IOException {
    checked(what, () -> in.transferTo(OutputStream.nullOutputStream()));
  }

  private static <T> T checked(String what, Step<T> step) throws IOException {
    try {
      return step.run();
    } catch (LayerException | ZstdIOException e) {
      throw corrupt(what, e);
    } catch (SourceException e) {
      throw e.source;
    } catch (IOException | RuntimeException e) {
      if (e instanceof EngineException ours) {
        throw ours;
      }
      throw corrupt(what, e); // What a decompressor says of its input.
    }
  }

  private static EngineException corrupt(String what, Exception e) {
    return new EngineException(
        Kind.CORRUPT,
        what + " cannot be read: " + Printable.of(String.valueOf(e.getMessage())),
        "it is damaged, or no tar archive",
        e);
  }

  /** Releases what decompressing takes; the source stays open. */
  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // Nothing is lost.
    }
  }

  /** A failure of the source, marked so that it is not taken for one of a decompressor. */
  private static final class SourceException extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient IOException source;

    SourceException(IOException source) {
      super(source);
      this.source = source;
    }
  }

  private static final class Unclosable extends FilterInputStream {
    Unclosable(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (IOException e) {
        throw new SourceException(e);
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return in.read(into, offset, length);
      } catch (IOException e) {
        throw new SourceException(e);
      }
    }

    @Override
    public void close() {
      // Whoever handed it in closes it.
    }
  }

  /** Shows somebody else what is read; nothing is skipped over. */
  private static final class Tapped extends FilterInputStream {
    private final OutputStream tap;
    private final byte[] skipped = new byte[1 << 16];

    Tapped(InputStream in, OutputStream tap) {
      super(in);
      this.tap = tap;
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      if (b >= 0) {
        show(new byte[] {(byte) b}, 0, 1);
      }
      return b;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = in.read(into, offset, length);
      if (count > 0) {
        show(into, offset, count);
      }
      return count;
    }

    private void show(byte[] bytes, int offset, int length) throws IOException {
      try {
        tap.write(bytes, offset, length);
      } catch (IOException e) {
        throw new SourceException(e);
      }
    }

    @Override
    public long skip(long count) throws IOException {
      if (count <= 0) {
        return 0;
      }
      return Math.max(0, read(skipped, 0, (int) Math.min(count, skipped.length)));
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
