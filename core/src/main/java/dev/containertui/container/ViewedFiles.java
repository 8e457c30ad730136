package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.ext4.FileName;
import dev.containertui.ext4.FileType;
import dev.containertui.ext4.ImagePath;
import dev.containertui.ext4.Stat;
import dev.containertui.files.OverlayFile;
import dev.containertui.files.OverlayView;
import dev.containertui.files.OverlayView.Resolved;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a view of disks has at a path, as clients are told. */
public final class ViewedFiles {
  private static final int MAX_ENTRIES = 200_000;
  private static final int BUFFER_BYTES = 64 << 10;

  private ViewedFiles() {}

  /** A path as a client wrote it, by Docker's rules. */
  record Wanted(String path) {
    /** {@code /.} at the end asks for the contents, without the directory's own name. */
    boolean contents() {
      return path.endsWith("/.") || path.equals(".");
    }

    /** A link at the end is followed only if what it leads to must be a directory. */
    boolean directory() {
      return contents() || path.endsWith("/");
    }

    /** What the last name of the path is in. */
    String parent() {
      int end = path.lastIndexOf('/');
      return end <= 0 ? "/" : path.substring(0, end);
    }

    /** The last name of the path, though a link may lead elsewhere; {@code /} for the root. */
    String name(ImagePath resolved) {
      String[] parts = path.split("/");
      for (int i = parts.length - 1; i >= 0; i--) {
        if (!parts[i].isEmpty() && !parts[i].equals(".")) {
          return parts[i].equals("..") ? text(resolved) : parts[i];
        }
      }
      return "/";
    }

    private static String text(ImagePath resolved) {
      return resolved.isRoot() ? "/" : ViewedFiles.text(resolved.name().bytes());
    }
  }

  static Resolved find(OverlayView view, Wanted wanted) {
    Resolved found = view.resolve(wanted.path(), wanted.directory());
    if (found.file().isEmpty()) {
      throw notFound(wanted.path());
    }
    if (wanted.directory() && found.file().get().stat().type() != FileType.DIRECTORY) {
      throw new EngineException(Kind.INVALID, "not a directory: " + wanted.path());
    }
    return found;
  }

  private static EngineException notFound(String path) {
    return new EngineException(Kind.NOT_FOUND, "no such file in the container: " + path);
  }

  private static OverlayFile followed(OverlayView view, String path) {
    return view.resolve(path, true).file().orElseThrow(() -> notFound(path));
  }

  /** As {@link FileTree#stat}. */
  public static FileStat stat(OverlayView view, String path) {
    Wanted wanted = new Wanted(path);
    Resolved found = find(view, wanted);
    Stat stat = found.file().orElseThrow().stat();
    return of(
        wanted.name(found.path()),
        stat,
        stat.type() == FileType.SYMLINK
            ? view.destination(path).map(ViewedFiles::absolute)
            : Optional.empty());
  }

  /** As {@link FileTree#list}. */
  public static List<FileStat> list(OverlayView view, String directory) {
    OverlayFile found = followed(view, directory);
    if (found.stat().type() != FileType.DIRECTORY) {
      throw new EngineException(Kind.INVALID, "not a directory: " + directory);
    }
    List<FileStat> entries = new ArrayList<>();
    for (Map.Entry<FileName, OverlayFile> entry : view.list(found).entrySet()) {
      if (entries.size() == MAX_ENTRIES) {
        throw new EngineException(
            Kind.EXHAUSTED, directory + " has more entries than can be listed");
      }
      entries.add(of(text(entry.getKey().bytes()), entry.getValue().stat(), Optional.empty()));
    }
    return List.copyOf(entries);
  }

  private static OverlayFile regular(OverlayView view, String path) {
    OverlayFile found = followed(view, path);
    if (found.stat().type() != FileType.FILE) {
      throw new EngineException(Kind.INVALID, "not a regular file: " + path);
    }
    return found;
  }

  /** As {@link FileTree#content}, of a file of at most so many bytes; empty if it has more. */
  static Optional<byte[]> content(OverlayView view, String path, int limitBytes) {
    return regular(view, path).stat().sizeBytes() > limitBytes
        ? Optional.empty()
        : Optional.of(head(view, path, limitBytes));
  }

  /** As {@link FileTree#head}. */
  public static byte[] head(OverlayView view, String path, int limitBytes) {
    if (limitBytes < 0 || limitBytes > FileTree.MAX_HEAD_BYTES) {
      throw new EngineException(
          Kind.INVALID, "from 0 to " + FileTree.MAX_HEAD_BYTES + " bytes, not " + limitBytes);
    }
    try (InputStream in = view.content(regular(view, path))) {
      return in.readNBytes(limitBytes);
    } catch (IOException e) {
      throw broken(path, e);
    }
  }

  /** As {@link FileTree#content}. */
  public static void content(OverlayView view, String path, OutputStream target) {
    try (InputStream in = view.content(regular(view, path))) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        write(target, buffer, n);
      }
    } catch (IOException e) {
      throw broken(path, e);
    }
  }

  static void write(OutputStream target, byte[] bytes, int length) {
    try {
      target.write(bytes, 0, length);
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "the content cannot be passed on: " + e.getMessage(), e);
    }
  }

  private static EngineException broken(String path, IOException e) {
    return Thread.currentThread().isInterrupted()
        ? new EngineException(Kind.CANCELLED, "reading " + path + " was cancelled", e)
        : new EngineException(Kind.CORRUPT, "cannot read " + path + ": " + e.getMessage(), e);
  }

  private static FileStat of(String name, Stat stat, Optional<String> resolvedTarget) {
    return new FileStat(
        name,
        kind(stat.type()),
        stat.attributes().permissions(),
        stat.attributes().uid(),
        stat.attributes().gid(),
        stat.sizeBytes(),
        stat.attributes().modified(),
        stat.type() == FileType.SYMLINK ? Optional.of(text(stat.linkTarget())) : Optional.empty(),
        resolvedTarget);
  }

  private static FileStat.Kind kind(FileType type) {
    return switch (type) {
      case FILE -> FileStat.Kind.FILE;
      case DIRECTORY -> FileStat.Kind.DIRECTORY;
      case SYMLINK -> FileStat.Kind.SYMBOLIC_LINK;
      case CHARACTER_DEVICE -> FileStat.Kind.CHARACTER_DEVICE;
      case BLOCK_DEVICE -> FileStat.Kind.BLOCK_DEVICE;
      case FIFO -> FileStat.Kind.FIFO;
      case SOCKET -> FileStat.Kind.SOCKET;
    };
  }

  static String absolute(ImagePath path) {
    StringBuilder text = new StringBuilder();
    for (FileName name : path.names()) {
      text.append('/').append(text(name.bytes()));
    }
    return text.isEmpty() ? "/" : text.toString();
  }

  /** Names that are no text in UTF-8 lose what is none. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
