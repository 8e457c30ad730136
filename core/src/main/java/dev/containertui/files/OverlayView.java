package dev.containertui.files;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.ext4.Ext4Exception;
import dev.containertui.ext4.Ext4Reader;
import dev.containertui.ext4.FileName;
import dev.containertui.ext4.FileType;
import dev.containertui.ext4.ImagePath;
import dev.containertui.ext4.Stat;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A container's file system, read from its disks: the image's, and above it the directory {@code
 * upper} of its own, joined as overlayfs joins them in the guest.
 *
 * <pre>
 *   upper      etc/{hosts, motd ✕}           ✕ whiteout: a character device 0/0
 *   lower      etc/{motd, passwd}  bin/…
 *   shown      etc/{hosts, passwd} bin/…
 * </pre>
 *
 * <p>Both disks are taken for hostile. Nothing here follows symbolic links but {@link #resolve}.
 * Methods throw {@link EngineException}: CORRUPT for a damaged disk, CANCELLED after an interrupt.
 * Instances are not thread-safe. The files must not change while it is open.
 */
public final class OverlayView implements AutoCloseable {
  private static final ImagePath UPPER = ImagePath.of("/upper");
  private static final long ROOT_INODE = 2;

  private final OverlayLayer lower;
  private final Optional<OverlayLayer> upper;
  private final OverlayFile root;

  private OverlayView(OverlayLayer lower, Optional<OverlayLayer> upper) {
    this.lower = lower;
    this.upper = upper;
    this.root =
        upper
            .map(layer -> join(layer.root(), lower.root()).orElseThrow())
            .orElseGet(() -> onLower(lower.root()));
  }

  /**
   * Opens the disks of a container.
   *
   * @param image the ext4 image of its image
   * @param own the container's own disk; empty if it has none
   */
  public static OverlayView open(Path image, Optional<Path> own) {
    return DiskFailures.translated(
        () -> {
          Ext4Reader lower = Ext4Reader.open(image);
          Ext4Reader above = null;
          try {
            above = own.map(Ext4Reader::open).orElse(null);
            return new OverlayView(
                new OverlayLayer(lower, ROOT_INODE),
                Optional.ofNullable(above).map(OverlayView::upperOf));
          } catch (RuntimeException e) {
            lower.close();
            if (above != null) {
              above.close();
            }
            throw e;
          }
        });
  }

  private static OverlayLayer upperOf(Ext4Reader reader) {
    Stat directory =
        reader
            .stat(UPPER)
            .filter(stat -> stat.type() == FileType.DIRECTORY && !OverlayLayer.isRedirected(stat))
            .orElseThrow(
                () -> new EngineException(Kind.CORRUPT, "a container's disk without its files"));
    return new OverlayLayer(reader, directory.inode());
  }

  /** The root directory. */
  public OverlayFile root() {
    return root;
  }

  Optional<OverlayLayer> upperLayer() {
    return upper;
  }

  OverlayLayer lowerLayer() {
    return lower;
  }

  /** What a directory shows, by name in order of their bytes. */
  public SortedMap<FileName, OverlayFile> list(OverlayFile directory) {
    return DiskFailures.translated(
        () -> {
          SortedMap<FileName, Long> below = lower.entries(directory.lower());
          SortedMap<FileName, Long> above = above(directory);
          SortedMap<FileName, OverlayFile> shown = new TreeMap<>();
          below.forEach(
              (name, inode) -> {
                if (!above.containsKey(name)) {
                  shown.put(name, onLower(inode));
                }
              });
          above.forEach(
              (name, inode) ->
                  join(inode, below.getOrDefault(name, 0L))
                      .ifPresent(file -> shown.put(name, file)));
          return shown;
        });
  }

  /** One entry of a directory. */
  public Optional<OverlayFile> child(OverlayFile directory, FileName name) {
    return DiskFailures.translated(
        () -> {
          long below = lower.entries(directory.lower()).getOrDefault(name, 0L);
          Long inode = above(directory).get(name);
          if (inode != null) {
            return join(inode, below);
          }
          return below == 0 ? Optional.empty() : Optional.of(onLower(below));
        });
  }

  private SortedMap<FileName, Long> above(OverlayFile directory) {
    return upper
        .map(layer -> layer.entries(directory.upper()))
        .orElseGet(java.util.Collections::emptySortedMap);
  }

  /** The content of a regular file; usable until this view is closed. */
  public InputStream content(OverlayFile file) {
    return DiskFailures.translated(
        () ->
            file.upper() != 0
                ? upper.orElseThrow().reader().read(file.upper())
                : lower.reader().read(file.lower()));
  }

  /**
   * Where a path leads.
   *
   * @param path absolute or not, it starts at the root; {@code ..} there stays there
   * @param followLast whether a symbolic link at its end is followed
   * @throws EngineException NOT_FOUND if a directory on the way is missing or none; INVALID if it
   *     leads through more than 40 symbolic links or is none
   */
  public Resolved resolve(String path, boolean followLast) {
    return new PathResolver(this).resolve(path, followLast);
  }

  /**
   * Where a path leads, all links followed, whether something is there or not; empty if that is in
   * circles.
   */
  public Optional<ImagePath> destination(String path) {
    try {
      return Optional.of(new PathResolver(this).resolveMissing(path));
    } catch (EngineException e) {
      if (e.kind() != Kind.INVALID) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /**
   * The end of a path.
   *
   * @param path without links; the last name of it may be missing
   * @param file what is there, if anything
   */
  public record Resolved(ImagePath path, Optional<OverlayFile> file) {}

  private OverlayFile onLower(long inode) {
    return new OverlayFile(OverlayLayer.shown(lower.stored(inode)), 0, inode);
  }

  /**
   * What shows of an entry of the upper directory; empty if it is a whiteout.
   *
   * @param below inode of the same name on the lower disk; 0 if there is none
   */
  Optional<OverlayFile> join(long inode, long below) {
    Stat stored = upper.orElseThrow().stored(inode);
    if (OverlayLayer.isWhiteout(stored)) {
      return Optional.empty();
    }
    if (OverlayLayer.isRedirected(stored)) {
      throw new EngineException(
          Kind.UNAVAILABLE,
          "the container's disk was written with the overlayfs option redirect_dir or metacopy",
          "do it in the running container");
    }
    boolean merged =
        stored.type() == FileType.DIRECTORY
            && below != 0
            && !OverlayLayer.isOpaque(stored)
            && lower.stored(below).type() == FileType.DIRECTORY;
    return Optional.of(new OverlayFile(OverlayLayer.shown(stored), inode, merged ? below : 0));
  }

  @Override
  public void close() {
    try {
      lower.reader().close();
      upper.ifPresent(layer -> layer.reader().close());
    } catch (Ext4Exception e) {
      throw DiskFailures.of(e);
    }
  }
}
