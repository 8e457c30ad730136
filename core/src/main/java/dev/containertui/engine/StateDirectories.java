package dev.containertui.engine;

import com.sun.security.auth.module.UnixSystem;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * Where an engine keeps its things. Four roots, as the XDG base directory specification divides
 * them; nothing is created before it is used.
 *
 * <pre>
 * data      content/       OCI image layout: manifests, configurations, layers
 *           rootfs/        one ext4 image per image manifest, shared read-only
 *           containers/ID/ container.json, upper.ext4, log/, owner.lock
 *           volumes/NAME/  volume.json, disk.ext4
 *           engine.lock    held by the engine that supervises
 *           kernels/       installed guest kernels
 * runtime   ID/            sockets, pid file and console log of a running machine; 0700
 * config    config.json, what the user set
 * cache     what can be made again; templates/ has kept machines
 * </pre>
 */
public record StateDirectories(Path data, Path runtime, Path config, Path cache) {
  /** Longest path, in bytes, for {@link #runtime()}: machines keep Unix sockets below it. */
  public static final int MAX_RUNTIME_BYTES = 67;

  private static final String NAME = "container-tui";
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  /**
   * All four below one directory; but the runtime directory below {@code /tmp} if its path would be
   * too long for sockets.
   */
  public static StateDirectories below(Path home) {
    Path runtime = home.resolve("run");
    if (isTooLong(runtime)) {
      String key =
          HexFormat.of()
              .formatHex(Digest.Algorithm.SHA256.newMessageDigest().digest(bytes(home)), 0, 8);
      runtime = temporary(currentUserId()).resolve(key);
    }
    return new StateDirectories(
        home.resolve("data"), runtime, home.resolve("config"), home.resolve("cache"));
  }

  private static Path temporary(long userId) {
    return Path.of("/tmp", NAME + "-" + userId);
  }

  private static boolean isTooLong(Path runtime) {
    return bytes(runtime).length > MAX_RUNTIME_BYTES;
  }

  private static byte[] bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The directories of this user.
   *
   * @param environment {@code CONTAINER_TUI_HOME} puts all below one directory; else {@code
   *     XDG_DATA_HOME}, {@code XDG_RUNTIME_DIR}, {@code XDG_CONFIG_HOME} and {@code XDG_CACHE_HOME}
   *     count, as far as they are absolute
   * @param userHome the user's home directory
   * @param userId for a runtime directory below {@code /tmp} if there is no XDG_RUNTIME_DIR
   */
  public static StateDirectories of(Map<String, String> environment, Path userHome, long userId) {
    String home = environment.getOrDefault("CONTAINER_TUI_HOME", "");
    if (!home.isEmpty()) {
      return below(Path.of(home).toAbsolutePath().normalize());
    }
    return new StateDirectories(
        xdg(environment, "XDG_DATA_HOME", userHome.resolve(".local/share")).resolve(NAME),
        runtime(environment, userId),
        xdg(environment, "XDG_CONFIG_HOME", userHome.resolve(".config")).resolve(NAME),
        xdg(environment, "XDG_CACHE_HOME", userHome.resolve(".cache")).resolve(NAME));
  }

  private static Path runtime(Map<String, String> environment, long userId) {
    Path none = Path.of("/");
    Path xdg = xdg(environment, "XDG_RUNTIME_DIR", none);
    return xdg.equals(none) ? temporary(userId) : xdg.resolve(NAME);
  }

  /** "All paths set in these environment variables must be absolute"; others are ignored. */
  private static Path xdg(Map<String, String> environment, String name, Path otherwise) {
    String value = environment.getOrDefault(name, "");
    return value.startsWith("/") ? Path.of(value) : otherwise;
  }

  public Path content() {
    return data.resolve("content");
  }

  public Path rootfs() {
    return data.resolve("rootfs");
  }

  public Path containers() {
    return data.resolve("containers");
  }

  public Path volumes() {
    return data.resolve("volumes");
  }

  public Path kernels() {
    return data.resolve("kernels");
  }

  /** Booted machines can be made again, but that takes longer than anybody likes to wait. */
  public Path templates() {
    return cache.resolve("templates");
  }

  /**
   * Makes the runtime directory, private to this user, if it is not there.
   *
   * <p>It may lie below {@code /tmp}, where anybody may have made it first; so one that belongs to
   * somebody else, is a link, or lets others in is refused.
   *
   * @throws EngineException INVALID if its path is too long for sockets; UNAVAILABLE
   */
  public Path ensureRuntime() {
    if (isTooLong(runtime)) {
      throw new EngineException(
          Kind.INVALID,
          "the runtime directory's path is too long for sockets: " + runtime,
          "choose one of at most "
              + MAX_RUNTIME_BYTES
              + " bytes with XDG_RUNTIME_DIR or CONTAINER_TUI_HOME");
    }
    Path parent = runtime.getParent();
    try {
      if (parent.equals(temporary(currentUserId()))) {
        ensureOwn(parent);
      } else {
        Files.createDirectories(parent);
      }
      ensureOwn(runtime);
      return runtime;
    } catch (IOException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "cannot make the runtime directory " + runtime + ": " + e, e);
    }
  }

  private static void ensureOwn(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
    } catch (FileAlreadyExistsException present) {
      checkOwn(directory);
    }
  }

  private static void checkOwn(Path path) throws IOException {
    boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    int mode = directory ? (int) Files.getAttribute(path, "unix:mode") : 0;
    long owner = (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (!directory || owner != currentUserId() || (mode & 0077) != 0) {
      throw new EngineException(
          Kind.UNAVAILABLE,
          "the runtime directory " + path + " is not a private directory of this user",
          "remove it, or choose another with XDG_RUNTIME_DIR");
    }
  }

  /** Numeric id of the user that this process runs as. */
  static long currentUserId() {
    return new UnixSystem().getUid();
  }
}
