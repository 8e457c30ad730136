package dev.containertui.rootfs;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.host.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The root file systems of images: for each image manifest one ext4 image, {@code
 * sha256-HEX/root.ext4}, made once and never changed, shared by all containers of the image.
 *
 * <p>An image is built in a directory of its own, made durable, and then renamed to its final name:
 * what has that name is whole. A lock for each image keeps threads and processes from building it
 * twice. The same layers give the same bytes.
 */
public final class RootFilesystems {
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final String IMAGE = "root.ext4";
  private static final String BUILDING = "building-";

  private final Path directory;
  private final UnpackLimits limits;

  /**
   * @param directory made if it is missing
   */
  public RootFilesystems(Path directory) {
    this(directory, UnpackLimits.DEFAULT);
  }

  public RootFilesystems(Path directory, UnpackLimits limits) {
    this.directory = directory;
    this.limits = limits;
  }

  /** The file system of a manifest, if it has been made. */
  public Optional<Path> find(String manifestDigest) {
    Path image = directory.resolve(folderName(manifestDigest)).resolve(IMAGE);
    return Files.isRegularFile(image) ? Optional.of(image) : Optional.empty();
  }

  /**
   * The file system of a manifest, made of its layers if it is not there.
   *
   * @param layers base first
   * @param progress called from this thread
   * @throws EngineException CORRUPT if a layer is not what its digest says or holds what no layer
   *     may hold; EXHAUSTED if the disk is full; CANCELLED if the thread is interrupted; nothing is
   *     left behind
   */
  public Path prepare(String manifestDigest, List<LayerSource> layers, UnpackProgress progress) {
    Optional<Path> present = find(manifestDigest);
    if (present.isPresent()) {
      return present.get();
    }
    String name = folderName(manifestDigest);
    try {
      DurableFiles.createPrivate(directory);
      try (BuildLock _ = BuildLock.acquire(directory.resolve(name + ".lock"))) {
        present = find(manifestDigest);
        if (present.isPresent()) {
          return present.get();
        }
        removeAbandoned(name);
        return build(name, layers, progress);
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Forgets the file system of a manifest; one that is in use stays usable until it is closed. */
  public void remove(String manifestDigest) {
    String name = folderName(manifestDigest);
    Path folder = directory.resolve(name);
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (BuildLock _ = BuildLock.acquire(directory.resolve(name + ".lock"))) {
      if (Files.isDirectory(folder)) {
        // Renamed first: nothing half-removed has the final name.
        Path doomed = directory.resolve(BUILDING + name + "-removed");
        removeTree(doomed);
        Files.move(folder, doomed, StandardCopyOption.ATOMIC_MOVE);
      }
      removeAbandoned(name);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Digests of all manifests whose file systems have been made. */
  public List<String> list() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .filter(child -> Files.isRegularFile(child.resolve(IMAGE)))
          .map(child -> child.getFileName().toString().replaceFirst("^sha256-", "sha256:"))
          .filter(digest -> DIGEST.matcher(digest).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Removes what processes that died have left and nobody has touched for a while. */
  public void collectGarbage(Duration untouchedFor) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    Instant before = Instant.now().minus(untouchedFor);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, BUILDING + "*")) {
      for (Path folder : left) {
        if (isUntouched(folder, before) && isUntouched(folder.resolve(IMAGE), before)) {
          removeTree(folder);
        }
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static boolean isUntouched(Path path, Instant before) throws IOException {
    try {
      return Files.getLastModifiedTime(path).toInstant().isBefore(before);
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  private Path build(String name, List<LayerSource> layers, UnpackProgress progress)
      throws IOException {
    ImageBuilder builder = new ImageBuilder(layers, limits, progress);
    Path building = directory.resolve(BUILDING + name);
    Path finished = directory.resolve(name);
    try {
      Files.createDirectory(building);
      builder.build(building.resolve(IMAGE), uuidOf(name));
      syncDirectory(building);
      Files.move(building, finished, StandardCopyOption.ATOMIC_MOVE);
      syncDirectory(directory);
      return finished.resolve(IMAGE);
    } finally {
      removeTree(building);
    }
  }

  /** What a process that died has left; nobody else works on it while the lock is held. */
  private void removeAbandoned(String name) throws IOException {
    removeTree(directory.resolve(BUILDING + name));
    removeTree(directory.resolve(BUILDING + name + "-removed"));
  }

  private static void removeTree(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> children = new ArrayList<>();
    try (Stream<Path> listing = Files.list(folder)) {
      listing.forEach(children::add);
    } catch (NoSuchFileException e) {
      return; // Somebody else was faster.
    }
    for (Path child : children) {
      Files.deleteIfExists(child);
    }
    Files.deleteIfExists(folder);
  }

  static void syncDirectory(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String folderName(String manifestDigest) {
    if (!DIGEST.matcher(manifestDigest).matches()) {
      throw new EngineException(Kind.INVALID, "not a sha256 digest: " + manifestDigest);
    }
    return manifestDigest.replace(':', '-');
  }

  /** A name-based UUID (RFC 9562, version 8) of the manifest's digest. */
  private static UUID uuidOf(String name) {
    ByteBuffer bytes =
        ByteBuffer.wrap(HexFormat.of().parseHex(name.substring(name.indexOf('-') + 1)));
    long high = bytes.getLong() & ~0xF000L | 0x8000L;
    long low = bytes.getLong() & ~(0xC0L << 56) | 0x80L << 56;
    return new UUID(high, low);
  }

  private EngineException unusable(IOException e) {
    return new EngineException(
        Kind.UNAVAILABLE,
        "cannot work in " + directory + ": " + e.getClass().getSimpleName() + " " + e.getMessage(),
        e);
  }
}
