package dev.containertui.engine.api.http;

import dev.containertui.error.DiskErrors;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A listening Unix domain socket, for its owner only. */
public final class SocketFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");
  private static final int BACKLOG = 128;

  private SocketFile() {}

  /**
   * Listens at a path. A socket that is there, but that nobody listens at, is replaced.
   *
   * @param path in a directory that is made, with mode 0700, if it is not there
   * @throws EngineException CONFLICT if somebody listens there; UNAVAILABLE
   */
  public static ServerSocketChannel listen(Path path) {
    try {
      Path directory = path.toAbsolutePath().getParent();
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory.getParent());
        Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
      }
      removeAbandoned(path);
      ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        // The mode is right before anybody can connect: under its name it appears with both.
        Path unready =
            directory.resolve("." + path.getFileName() + "." + ProcessHandle.current().pid());
        Files.deleteIfExists(unready);
        listener.bind(UnixDomainSocketAddress.of(unready), BACKLOG);
        Files.setPosixFilePermissions(unready, OWNER_ONLY);
        Files.move(unready, path);
        return listener;
      } catch (IOException | RuntimeException e) {
        listener.close();
        throw e;
      }
    } catch (IOException e) {
      throw DiskErrors.of("cannot listen at a socket", path, e);
    }
  }

  private static void removeAbandoned(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      throw new EngineException(
          Kind.CONFLICT, "another engine listens at " + path, "stop it, or use that one");
    } catch (IOException nobody) {
      boolean socket =
          ((int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0170000)
              == 0140000;
      if (!socket) {
        throw new EngineException(
            Kind.CONFLICT, path + " is there, and no socket", "choose another path, or remove it");
      }
      Files.delete(path);
    }
  }
}
