package dev.containertui.container;

import dev.containertui.agent.AgentConnection;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.ext4.FileName;
import dev.containertui.ext4.FileType;
import dev.containertui.ext4.ImagePath;
import dev.containertui.ext4.Stat;
import dev.containertui.files.LayerArchive;
import dev.containertui.files.OverlayFile;
import dev.containertui.files.OverlayView;
import dev.containertui.files.OverlayView.Resolved;
import dev.containertui.files.TreeArchive;
import dev.containertui.files.TreeChange;
import dev.containertui.files.UpperChanges;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A container's files: read off its disks, which its machine is not needed for; written by its
 * machine, or one that runs for just that.
 */
final class DiskFiles implements ContainerFiles {
  /** What a list of changes may take of memory. */
  private static final int MAX_CHANGES = 1_000_000;

  private static final long MAX_CHANGES_CHARACTERS = 128L << 20;

  private final FilesOwner owner;
  private final ContainerSupplies supplies;
  private final Path upperDisk;
  private final ContainerDisks disks;

  DiskFiles(FilesOwner owner, ContainerSupplies supplies, Path upperDisk) {
    this.owner = owner;
    this.supplies = supplies;
    this.upperDisk = upperDisk;
    this.disks = new ContainerDisks(owner, supplies, upperDisk);
  }

  /** A path as a client wrote it, by Docker's rules. */
  private record Wanted(String path) {
    /** {@code /.} at the end asks for the contents, without the directory's own name. */
    boolean contents() {
      return path.endsWith("/.") || path.equals(".");
    }

    /** A link at the end is followed only if what it leads to must be a directory. */
    boolean directory() {
      return contents() || path.endsWith("/");
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
      return resolved.isRoot() ? "/" : DiskFiles.text(resolved.name().bytes());
    }
  }

  private static Resolved find(OverlayView view, Wanted wanted) {
    Resolved found = view.resolve(wanted.path(), wanted.directory());
    if (found.file().isEmpty()) {
      throw new EngineException(Kind.NOT_FOUND, "no such file in the container: " + wanted.path());
    }
    if (wanted.directory() && found.file().get().stat().type() != FileType.DIRECTORY) {
      throw new EngineException(Kind.INVALID, "not a directory: " + wanted.path());
    }
    return found;
  }

  @Override
  public FileStat stat(String path) {
    Wanted wanted = new Wanted(path);
    return disks.look(
        view -> {
          Resolved found = find(view, wanted);
          Stat stat = found.file().orElseThrow().stat();
          boolean link = stat.type() == FileType.SYMLINK;
          return new FileStat(
              wanted.name(found.path()),
              kind(stat.type()),
              stat.attributes().permissions(),
              stat.attributes().uid(),
              stat.attributes().gid(),
              stat.sizeBytes(),
              stat.attributes().modified(),
              link ? Optional.of(text(stat.linkTarget())) : Optional.empty(),
              link ? view.destination(path).map(DiskFiles::absolute) : Optional.empty());
        });
  }

  @Override
  public void read(String path, OutputStream target) {
    Wanted wanted = new Wanted(path);
    disks.copy(
        view -> {
          Resolved found = find(view, wanted);
          OverlayFile file = found.file().orElseThrow();
          String name = wanted.contents() ? "/" : wanted.name(found.path());
          byte[] named = (name.equals("/") ? "." : name).getBytes(StandardCharsets.UTF_8);
          TreeArchive.write(view, found.path(), file, named, target);
          return null;
        });
  }

  @Override
  public void write(String directory, InputStream archive, boolean noOverwriteDirNonDir) {
    if (owner.container().spec().readOnlyRoot()) {
      throw new EngineException(
          Kind.CONFLICT, "the files of container " + owner.container().name() + " are read-only");
    }
    GuestUnpack unpack = new GuestUnpack(directory, archive, noOverwriteDirNonDir);
    Optional<AgentConnection> agent = owner.agent();
    if (agent.isPresent()) {
      unpack.run(agent.get());
    } else {
      new DiskMachine(owner, supplies, upperDisk).run(unpack::run);
    }
  }

  @Override
  public List<FileChange> changes() {
    return disks.look(
        view -> {
          List<FileChange> changes = new ArrayList<>();
          long[] characters = {0};
          UpperChanges.forEach(
              view,
              change -> {
                String path = absolute(change.path());
                characters[0] += path.length();
                if (changes.size() == MAX_CHANGES || characters[0] > MAX_CHANGES_CHARACTERS) {
                  throw new EngineException(
                      Kind.EXHAUSTED,
                      "container "
                          + owner.container().name()
                          + " has changed more files than can be listed");
                }
                changes.add(new FileChange(kind(change.kind()), path));
              });
          return List.copyOf(changes);
        });
  }

  @Override
  public void export(OutputStream target) {
    disks.copy(
        view -> {
          TreeArchive.export(view, target);
          return null;
        });
  }

  /** Writes what has changed as a layer above those of the image: tar, not compressed. */
  void writeLayer(OutputStream target) {
    disks.copy(
        view -> {
          LayerArchive.write(view, target);
          return null;
        });
  }

  private static FileChange.Kind kind(TreeChange.Kind kind) {
    return switch (kind) {
      case MODIFIED -> FileChange.Kind.MODIFIED;
      case ADDED -> FileChange.Kind.ADDED;
      case DELETED -> FileChange.Kind.DELETED;
    };
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

  private static String absolute(ImagePath path) {
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
