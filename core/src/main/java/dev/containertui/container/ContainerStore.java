package dev.containertui.container;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.AllocatedSpace;
import dev.containertui.host.DurableFiles;
import dev.containertui.host.FileStamp;
import dev.containertui.oci.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Containers on disk.
 *
 * <pre>
 *   containers/
 *     .lock                held while a name is taken
 *     ID/
 *       container.json     the record; a directory without one is no container
 *       upper.ext4         what the container has written
 *       log/               what its main process has written
 *       owner.lock         held by the process that the running container belongs to
 * </pre>
 */
final class ContainerStore {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
  private static final String RECORD = "container.json";
  private static final String REMOVED = ".removed-";
  private static final int MAX_RECORD_BYTES = 1 << 20;

  /** Of a new container's: what becomes of it takes room, too. */
  private static final int MAX_NEW_RECORD_BYTES = MAX_RECORD_BYTES / 2;

  private final Path directory;

  /** File locks are the process's; this one is for its threads. */
  private final ReentrantLock nameLock = new ReentrantLock();

  private final Map<String, Stamped> read = new ConcurrentHashMap<>();

  /**
   * @param directory made with the first container
   */
  ContainerStore(Path directory) {
    this.directory = directory;
  }

  Path directoryOf(String id) {
    return directory.resolve(id);
  }

  /** The disk with what the container has written. */
  Path upperDisk(String id) {
    return directory.resolve(id).resolve("upper.ext4");
  }

  /** The directory with the output of the main process. */
  Path log(String id) {
    return directory.resolve(id).resolve("log");
  }

  Path ownerLock(String id) {
    return directory.resolve(id).resolve("owner.lock");
  }

  /**
   * Makes a record with a new id while nobody else can take a name.
   *
   * @param maker is given the id, and all records that are there
   * @throws EngineException INVALID if the record could not be read again
   */
  ContainerRecord create(Function<NewContainer, ContainerRecord> maker) {
    return withNames(
        "made",
        () -> {
          ContainerRecord made = maker.apply(new NewContainer(newId(), list()));
          if (JsonObject.write(RecordJson.write(made)).length > MAX_NEW_RECORD_BYTES) {
            throw new EngineException(
                Kind.INVALID,
                "the description of a container is too long: its words, labels and the like are"
                    + " more than 512 KiB",
                "shorten them");
          }
          Files.createDirectory(
              directory.resolve(made.id()),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
          save(made);
          return made;
        });
  }

  /**
   * Gives a container another name while nobody else can take it.
   *
   * @param writer writes the record with that name
   * @throws EngineException CONFLICT if another container has it
   */
  void rename(String id, String name, Runnable writer) {
    withNames(
        "renamed",
        () -> {
          requireFree(name, list().stream().filter(other -> !other.id().equals(id)).toList());
          writer.run();
          return name;
        });
  }

  /**
   * @throws EngineException CONFLICT
   */
  static void requireFree(String name, List<ContainerRecord> others) {
    if (others.stream().anyMatch(other -> other.name().equals(name))) {
      throw new EngineException(
          Kind.CONFLICT,
          "the container name " + name + " is taken",
          "remove that container, or choose another name");
    }
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  /** Does something while nobody else, here or in another process, can take a name. */
  private <T> T withNames(String what, Step<T> step) {
    try {
      DurableFiles.createPrivate(directory);
      nameLock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.CANCELLED, "a container was not " + what, e);
    } catch (IOException e) {
      throw unavailable(what, e);
    }
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      return step.run();
    } catch (IOException e) {
      throw unavailable(what, e);
    } finally {
      nameLock.unlock();
    }
  }

  /** What a new container is made with. */
  record NewContainer(String id, List<ContainerRecord> others) {}

  private static String newId() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  void save(ContainerRecord container) {
    try {
      DurableFiles.replace(
          directory.resolve(container.id()).resolve(RECORD),
          JsonObject.write(RecordJson.write(container)));
    } catch (IOException e) {
      throw unavailable("recorded", e);
    }
  }

  /**
   * The record of a container; empty if there is none.
   *
   * @throws EngineException CORRUPT if it is damaged, or another container's
   */
  Optional<ContainerRecord> load(String id) {
    Path file = directory.resolve(id).resolve(RECORD);
    try {
      if (Files.size(file) > MAX_RECORD_BYTES) {
        throw new EngineException(Kind.CORRUPT, file + " is too large to be a container's record");
      }
      ContainerRecord record = RecordJson.read(Files.readAllBytes(file), file.toString());
      if (!record.id().equals(id)) {
        throw new EngineException(Kind.CORRUPT, file + " is the record of another container");
      }
      return Optional.of(record);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unavailable("read", e);
    }
  }

  /**
   * All records. Half-made and half-removed containers are none, and one whose record is damaged is
   * left out: it must not hide the others. What has not changed since the last time is not read
   * again.
   */
  List<ContainerRecord> list() {
    List<ContainerRecord> records = new ArrayList<>();
    Set<String> ids = ids();
    for (String id : ids) {
      read(id).ifPresent(records::add);
    }
    read.keySet().retainAll(ids);
    return records;
  }

  /** Ids of all containers, and of what is half-made. */
  Set<String> ids() {
    Set<String> ids = new HashSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String id = entry.getFileName().toString();
        if (ID.matcher(id).matches()) {
          ids.add(id);
        }
      }
    } catch (NoSuchFileException e) {
      return Set.of();
    } catch (IOException e) {
      throw unavailable("listed", e);
    }
    return ids;
  }

  /** Records that cannot be read: nobody knows what these containers have. */
  List<Path> damaged() {
    return ids().stream()
        .map(id -> directory.resolve(id).resolve(RECORD))
        .filter(file -> read(file.getParent().getFileName().toString()).isEmpty())
        .filter(Files::exists) // It may have been removed meanwhile.
        .toList();
  }

  /** A record as it was read when its file was this one. */
  private record Stamped(String stamp, ContainerRecord record) {}

  /** As {@link #load}, but empty if it is damaged, and from memory if it has not changed. */
  Optional<ContainerRecord> read(String id) {
    Path file = directory.resolve(id).resolve(RECORD);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      String stamp = FileStamp.of(file);
      Stamped known = read.get(id);
      if (known == null || !known.stamp().equals(stamp)) {
        Optional<ContainerRecord> loaded = load(id);
        if (loaded.isEmpty()) {
          return loaded;
        }
        known = new Stamped(stamp, loaded.get());
        read.put(id, known);
      }
      return Optional.of(known.record());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unavailable("read", e);
    } catch (EngineException e) {
      if (e.kind() == Kind.CORRUPT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What a container takes of the disk, holes not counted; 0 if it is gone. */
  long sizeOnDisk(String id) {
    try {
      return AllocatedSpace.bytesBelow(directory.resolve(id));
    } catch (IOException e) {
      return 0;
    }
  }

  /** Removes a container's directory. It vanishes at once; its files may take longer. */
  void remove(String id) {
    Path removed = directory.resolve(REMOVED + id);
    try {
      Files.move(directory.resolve(id), removed, StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.deleteTree(removed);
    } catch (NoSuchFileException e) {
      // Somebody else has removed it.
    } catch (IOException e) {
      throw unavailable("removed", e);
    }
  }

  /** Deletes what an interrupted {@link #remove} left. */
  void sweep() {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, REMOVED + "*")) {
      for (Path entry : entries) {
        DurableFiles.deleteTree(entry);
      }
    } catch (NoSuchFileException e) {
      // There are no containers yet.
    } catch (IOException e) {
      throw unavailable("removed", e);
    }
  }

  private EngineException unavailable(String what, IOException cause) {
    boolean full = String.valueOf(cause.getMessage()).contains("No space left");
    return new EngineException(
        full ? Kind.EXHAUSTED : Kind.UNAVAILABLE,
        "containers in " + directory + " cannot be " + what + ": " + cause.getMessage(),
        full ? "free some disk space" : "",
        cause);
  }
}
