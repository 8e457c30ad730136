package dev.containertui.volume;

import dev.containertui.error.DiskErrors;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.AllocatedSpace;
import dev.containertui.host.DurableFiles;
import dev.containertui.oci.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Volumes on disk.
 *
 * <pre>
 *   volumes/
 *     .lock                held while volumes are made, taken for a container, or removed
 *     NAME/
 *       volume.json        the record; a directory without one is no volume
 *       disk.ext4          its disk
 * </pre>
 */
public final class VolumeStore {
  private static final String RECORD = "volume.json";
  private static final String DISK = "disk.ext4";
  private static final String MAKING = ".new-";
  private static final String REMOVED = ".removed-";
  private static final int MAX_RECORD_BYTES = 8 << 20;

  private final Path directory;

  /** File locks are the process's; this one is for its threads. */
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * @param directory made with the first volume
   */
  public VolumeStore(Path directory) {
    this.directory = directory;
  }

  /**
   * Does something while nobody else, here or in another process, makes or removes a volume.
   *
   * @throws EngineException CANCELLED, UNAVAILABLE
   */
  public <T> T locked(Supplier<T> step) {
    if (lock.isHeldByCurrentThread()) {
      return step.get();
    }
    try {
      DurableFiles.createPrivate(directory);
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "it was interrupted", e);
    } catch (IOException e) {
      throw DiskErrors.of("cannot make the directory for volumes", directory, e);
    }
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      return step.get();
    } catch (IOException e) {
      throw DiskErrors.of("cannot lock the volumes", directory, e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes a volume; one that is there already is returned as it is, as Docker does.
   *
   * @throws EngineException INVALID, EXHAUSTED; CONFLICT if it is there with another size than is
   *     asked for
   */
  public Volume create(VolumeSpec spec) {
    long sizeBytes = spec.checkedSize();
    return locked(
        () -> {
          Optional<Volume> present = spec.name().flatMap(this::find);
          if (present.isPresent()) {
            return unchanged(present.get(), spec, sizeBytes);
          }
          return make(spec, sizeBytes);
        });
  }

  private static Volume unchanged(Volume present, VolumeSpec spec, long sizeBytes) {
    if (spec.options().containsKey("size") && present.sizeBytes() != sizeBytes) {
      throw new EngineException(
          Kind.CONFLICT,
          "volume %s is there already, with a size of %d MiB"
              .formatted(present.name(), present.sizeBytes() >> 20),
          "remove it first, or choose another name");
    }
    return present;
  }

  private Volume make(VolumeSpec spec, long sizeBytes) {
    String name = spec.name().orElseGet(VolumeName::anonymous);
    Map<String, String> labels = new LinkedHashMap<>(spec.labels());
    if (spec.name().isEmpty()) {
      labels.put(Volume.ANONYMOUS_LABEL, "");
    }
    Path home = directory.resolve(name);
    Volume volume =
        new Volume(name, Instant.now(), labels, spec.options(), sizeBytes, home.resolve(DISK));
    try {
      requireRoom(spec, sizeBytes);
      requireNothingAt(home, name);
      Path making = Files.createTempDirectory(directory, MAKING);
      try {
        VolumeDisk.create(making.resolve(DISK), sizeBytes);
        DurableFiles.write(making.resolve(RECORD), checkedRecord(volume));
        Files.move(making, home, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        DurableFiles.deleteTree(making);
      }
      DurableFiles.syncDirectory(directory);
    } catch (IOException e) {
      throw DiskErrors.of("cannot make volume " + name, directory, e);
    }
    return volume;
  }

  /** What is there without a record that can be read may have data: it is not for us to delete. */
  private void requireNothingAt(Path home, String name) throws IOException {
    if (Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.delete(home);
      } catch (DirectoryNotEmptyException e) {
        throw damaged(name);
      }
    } else if (isThere(home)) {
      throw damaged(name);
    }
  }

  private EngineException damaged(String name) {
    return new EngineException(
        Kind.CORRUPT,
        "volume %s is damaged: %s is not its record"
            .formatted(name, directory.resolve(name).resolve(RECORD)),
        "its files are in that file's directory; volume rm " + name + " deletes them");
  }

  private static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** What nobody asked for may be larger than the disk: it is sparse. */
  private void requireRoom(VolumeSpec spec, long sizeBytes) throws IOException {
    long total = Files.getFileStore(directory).getTotalSpace();
    if (spec.options().containsKey("size") && total > 0 && sizeBytes > total) {
      throw new EngineException(
          Kind.EXHAUSTED,
          "a volume of %d MiB is more than this disk has: %d MiB"
              .formatted(sizeBytes >> 20, total >> 20),
          "choose a smaller size");
    }
  }

  /**
   * @throws EngineException INVALID if it could not be read again
   */
  private static byte[] checkedRecord(Volume volume) {
    byte[] record = write(volume);
    if (record.length > MAX_RECORD_BYTES) {
      throw new EngineException(
          Kind.INVALID, "too many or too long labels of volume " + volume.name());
    }
    return record;
  }

  private static byte[] write(Volume volume) {
    var json = JsonObject.create().put("name", volume.name());
    json.put("createdAt", volume.createdAt().toString());
    json.put("sizeBytes", volume.sizeBytes());
    var labels = json.putObject("labels");
    volume.labels().forEach(labels::put);
    var options = json.putObject("options");
    volume.options().forEach(options::put);
    return JsonObject.write(json);
  }

  /** A volume by its name; empty if there is none, or its record is damaged. */
  public Optional<Volume> find(String name) {
    if (!VolumeName.isAllowed(name)) {
      return Optional.empty();
    }
    Path file = directory.resolve(name).resolve(RECORD);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) > MAX_RECORD_BYTES) {
        return Optional.empty();
      }
      JsonObject json = JsonObject.parse(Files.readAllBytes(file), file.toString());
      return Optional.of(
          new Volume(
              name,
              Instant.parse(json.string("createdAt")),
              json.stringMap("labels"),
              json.stringMap("options"),
              json.size("sizeBytes"),
              file.resolveSibling(DISK)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw DiskErrors.of("cannot read volume " + name, file, e);
    } catch (DateTimeException e) {
      return Optional.empty();
    } catch (EngineException e) {
      if (e.kind() == Kind.CORRUPT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * @throws EngineException NOT_FOUND; CORRUPT if its record is damaged
   */
  public Volume require(String name) {
    return find(name)
        .orElseThrow(
            () ->
                VolumeName.isAllowed(name) && isThere(directory.resolve(name))
                    ? damaged(name)
                    : new EngineException(Kind.NOT_FOUND, "no such volume: " + name));
  }

  /** All volumes, by name. One that cannot be read is left out: it must not hide the others. */
  public List<Volume> list() {
    List<Volume> volumes = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        readable(entry.getFileName().toString()).ifPresent(volumes::add);
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw DiskErrors.of("cannot list the volumes", directory, e);
    }
    volumes.sort(Comparator.comparing(Volume::name));
    return List.copyOf(volumes);
  }

  private Optional<Volume> readable(String name) {
    try {
      return find(name);
    } catch (EngineException e) {
      if (e.kind() == Kind.CANCELLED) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /**
   * Removes a volume with all that is in it, be it damaged; false if there was none. Who uses it is
   * the caller's to know.
   *
   * @throws EngineException CONFLICT if a machine has its disk
   */
  public boolean remove(String name) {
    return locked(
        () -> {
          Path home = directory.resolve(name);
          Path disk = home.resolve(DISK);
          if (!VolumeName.isAllowed(name) || !isThere(home)) {
            return false;
          }
          if (Files.isRegularFile(disk) && VolumeDisk.isInUse(disk, true)) {
            throw new EngineException(
                Kind.CONFLICT, "volume " + name + " is in use by a running machine");
          }
          try {
            // At once for everybody else; its files may take longer.
            Path removed = directory.resolve(REMOVED + name);
            DurableFiles.deleteTree(removed);
            Files.move(home, removed, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.deleteTree(removed);
          } catch (IOException e) {
            throw DiskErrors.of("cannot remove volume " + name, directory, e);
          }
          return true;
        });
  }

  /** What a volume takes of the host's disk, holes not counted; 0 if it is gone. */
  public long sizeOnDisk(Volume volume) {
    try {
      return AllocatedSpace.bytes(volume.disk());
    } catch (IOException e) {
      return 0;
    }
  }

  /** Deletes what was interrupted. */
  public void sweep() {
    if (!Files.exists(directory)) {
      return;
    }
    locked(
        () -> {
          try (DirectoryStream<Path> entries =
              Files.newDirectoryStream(directory, "{" + MAKING + "," + REMOVED + "}*")) {
            for (Path entry : entries) {
              DurableFiles.deleteTree(entry);
            }
          } catch (IOException e) {
            throw DiskErrors.of("cannot remove what is left of volumes", directory, e);
          }
          return null;
        });
  }
}
