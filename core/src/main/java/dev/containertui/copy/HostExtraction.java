package dev.containertui.copy;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks an archive that came out of a container into a directory of this host.
 *
 * <p>The container may have made it what it is to harm this host, so:
 *
 * <ul>
 *   <li>a name may not lead out of the directory ({@link ArchiveNames});
 *   <li>no symbolic link is followed below it, whether the archive has planted it or it was there
 *       before: what is on the way to an entry must be a real directory;
 *   <li>a hard link may only lead to a file that this archive has written;
 *   <li>devices, pipes and sockets are not made, and no file gets a set-user-id or set-group-id
 *       bit.
 * </ul>
 *
 * <p>Symbolic links themselves are made as they are, as tar(1) does: they are data.
 */
public final class HostExtraction {
  private static final int BUFFER_BYTES = 64 << 10;

  private final Path directory;
  private final ArchiveNames names;
  private final boolean ownership;
  private final Consumer<String> warnings;
  private final Set<Path> written = new HashSet<>();
  private final List<LaterMode> later = new ArrayList<>();

  /** Modes and times of directories come last: a read-only one could not be filled. */
  private record LaterMode(Path path, TarArchiveEntry entry) {}

  private HostExtraction(
      Path directory, ArchiveNames names, boolean ownership, Consumer<String> warnings) {
    this.directory = directory;
    this.names = names;
    this.ownership = ownership;
    this.warnings = warnings;
  }

  /**
   * Unpacks.
   *
   * @param directory that exists
   * @param from name of the archive's one top-level entry; {@code .} if it has a directory's
   *     contents
   * @param to what it is to be called; {@code .}: its contents go into {@code directory}
   * @param ownership whether users and groups are kept, which takes privileges; else all belongs to
   *     who runs this
   * @param warnings is told what was left out
   * @throws EngineException CORRUPT if the archive is not what it should be; CONFLICT if something
   *     else is in the way; UNAVAILABLE if something cannot be written
   */
  public static void unpack(
      InputStream archive,
      Path directory,
      String from,
      String to,
      boolean ownership,
      Consumer<String> warnings) {
    new HostExtraction(directory, new ArchiveNames(from, to), ownership, warnings).run(archive);
  }

  private void run(InputStream archive) {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(archive, StandardCharsets.UTF_8.name())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (Thread.currentThread().isInterrupted()) {
          throw new EngineException(Kind.CANCELLED, "the copy was cancelled");
        }
        unpack(entry, tar);
      }
      for (LaterMode mode : later.reversed()) {
        applyMetadata(mode.path, mode.entry);
      }
    } catch (FileSystemException e) {
      throw new EngineException(
          Kind.UNAVAILABLE, "cannot write " + e.getFile() + ": " + reason(e), e);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new EngineException(Kind.CANCELLED, "the copy was cancelled", e);
      }
      throw new EngineException(Kind.CORRUPT, "cannot read the archive: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new EngineException(Kind.CORRUPT, "the archive is broken: " + e.getMessage(), e);
    }
  }

  private static String reason(FileSystemException e) {
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }

  private void unpack(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
    List<String> parts = names.parts(entry.getName());
    if (parts.isEmpty()) {
      return; // the directory itself, which is the user's
    }
    Path parent = directory;
    for (String part : parts.subList(0, parts.size() - 1)) {
      parent = enter(parent.resolve(part));
    }
    Path path = parent.resolve(parts.getLast());
    if (entry.isDirectory()) {
      enter(path);
      later.add(new LaterMode(path, entry));
    } else if (entry.isSymbolicLink()) {
      clear(path);
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      applyMetadata(path, entry);
    } else if (entry.isLink()) {
      link(path, entry);
    } else if (entry.isFile()
        && !entry.isFIFO()
        && !entry.isCharacterDevice()
        && !entry.isBlockDevice()) {
      clear(path);
      write(path, tar);
      written.add(path);
      applyMetadata(path, entry);
    } else {
      warnings.accept("not copied, because it is neither file, directory nor link: " + path);
    }
  }

  /** Makes sure that there is a real directory. */
  private Path enter(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return path;
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new EngineException(
          Kind.CONFLICT, "cannot overwrite non-directory " + path + " with a directory");
    }
    Files.createDirectory(path);
    return path;
  }

  /** Takes away what a new file or link replaces. */
  private void clear(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new EngineException(
          Kind.CONFLICT, "cannot overwrite directory " + path + " with a non-directory");
    }
    Files.deleteIfExists(path); // never follows a link
    written.remove(path);
  }

  private static void write(Path path, InputStream content) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (OutputStream out =
        Files.newOutputStream(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        out.write(buffer, 0, n);
      }
    }
  }

  private void link(Path path, TarArchiveEntry entry) throws IOException {
    Path target = directory;
    for (String part : names.parts(entry.getLinkName())) {
      target = target.resolve(part);
    }
    if (!written.contains(target)) {
      throw new EngineException(
          Kind.CORRUPT,
          "the archive has a hard link to what it has not brought along: " + entry.getLinkName());
    }
    if (!path.equals(target)) {
      clear(path);
      Files.createLink(path, target);
      written.add(path);
    }
  }

  private void applyMetadata(Path path, TarArchiveEntry entry) throws IOException {
    if (ownership) {
      Files.setAttribute(
          path, "unix:uid", Math.toIntExact(entry.getLongUserId()), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(
          path, "unix:gid", Math.toIntExact(entry.getLongGroupId()), LinkOption.NOFOLLOW_LINKS);
    }
    if (entry.isSymbolicLink()) {
      return; // it has no mode, and nobody asks for its time
    }
    Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setPermissions(permissions(entry.getMode()));
    FileTime modified = entry.getLastModifiedTime();
    Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(modified, null, null);
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values(); // OWNER_READ … OTHERS_EXECUTE
    for (int i = 0; i < all.length; i++) {
      if ((mode & (0400 >> i)) != 0) {
        permissions.add(all[i]);
      }
    }
    return permissions;
  }
}
