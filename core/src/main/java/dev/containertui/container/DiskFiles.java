package dev.containertui.container;

import dev.containertui.agent.AgentConnection;
import dev.containertui.container.ViewedFiles.Wanted;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
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

  @Override
  public FileStat stat(String path) {
    MountedPlaces.refuseBelow(owner.container(), path);
    return disks.look(
        view -> {
          Wanted wanted = new Wanted(path);
          if (wanted.directory()) {
            led(view, path).ifPresent(to -> MountedPlaces.refuseBelow(owner.container(), to));
          } else {
            refuseMounted(view, wanted.parent());
          }
          return ViewedFiles.stat(view, path);
        });
  }

  /** Where a path leads by links of the container's own; asked for if anything is mounted. */
  private Optional<String> led(OverlayView view, String path) {
    return owner.container().spec().mounts().isEmpty()
        ? Optional.empty()
        : view.destination(path).map(ViewedFiles::absolute);
  }

  private void refuseMounted(OverlayView view, String path) {
    led(view, path).ifPresent(to -> MountedPlaces.refuse(owner.container(), to));
  }

  @Override
  public List<FileStat> list(String directory) {
    if (MountedPlaces.isOne(owner.container(), directory)) {
      return List.of();
    }
    MountedPlaces.refuse(owner.container(), directory);
    return disks.look(
        view -> {
          Optional<String> led = led(view, directory);
          if (led.isPresent() && MountedPlaces.isOne(owner.container(), led.get())) {
            return List.of();
          }
          led.ifPresent(to -> MountedPlaces.refuse(owner.container(), to));
          return ViewedFiles.list(view, directory);
        });
  }

  /**
   * What takes no longer to read than the guest can hold back its writes is read at once, and its
   * disk need not be copied.
   */
  @Override
  public void content(String path, OutputStream target) {
    MountedPlaces.refuse(owner.container(), path);
    Optional<byte[]> small =
        disks.look(
            view -> {
              refuseMounted(view, path);
              return ViewedFiles.content(view, path, MAX_HEAD_BYTES);
            });
    if (small.isPresent()) {
      ViewedFiles.write(target, small.get(), small.get().length);
      return;
    }
    disks.copy(
        view -> {
          ViewedFiles.content(view, path, target);
          return null;
        });
  }

  /** Never copies a disk: what is asked for is soon read. */
  @Override
  public byte[] head(String path, int limitBytes) {
    MountedPlaces.refuse(owner.container(), path);
    return disks.look(
        view -> {
          refuseMounted(view, path);
          return ViewedFiles.head(view, path, limitBytes);
        });
  }

  @Override
  public void read(String path, OutputStream target) {
    MountedPlaces.refuse(owner.container(), path);
    Wanted wanted = new Wanted(path);
    disks.copy(
        view -> {
          refuseMounted(view, wanted.directory() ? path : wanted.parent());
          Resolved found = ViewedFiles.find(view, wanted);
          MountedPlaces.refuse(owner.container(), ViewedFiles.absolute(found.path()));
          OverlayFile file = found.file().orElseThrow();
          String name = wanted.contents() ? "/" : wanted.name(found.path());
          byte[] named = (name.equals("/") ? "." : name).getBytes(StandardCharsets.UTF_8);
          TreeArchive.write(view, found.path(), file, named, target);
          return null;
        });
  }

  @Override
  public void write(String directory, InputStream archive, boolean noOverwriteDirNonDir) {
    MountedPlaces.refuse(owner.container(), directory);
    if (owner.container().spec().readOnlyRoot()) {
      throw new EngineException(
          Kind.CONFLICT, "the files of container " + owner.container().name() + " are read-only");
    }
    if (!owner.container().spec().mounts().isEmpty()) {
      disks.look(
          view -> {
            refuseMounted(view, directory);
            return null;
          });
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
                String path = ViewedFiles.absolute(change.path());
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
}
