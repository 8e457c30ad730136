package dev.containertui.copy;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A file or a directory of this host, written as a tar archive. */
public final class HostTree {
  private static final int PERMISSIONS = 07777;
  private static final int BUFFER_BYTES = 64 << 10;

  private final boolean ownership;
  private final Consumer<String> warnings;
  private final TarArchiveOutputStream tar;

  private HostTree(OutputStream out, boolean ownership, Consumer<String> warnings) {
    this.ownership = ownership;
    this.warnings = warnings;
    tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  /**
   * Writes it. Links below the root are kept as links.
   *
   * @param name of the archive's one top-level entry; {@code .}: the contents of the directory
   * @param ownership whether users and groups are kept; else all belongs to root
   * @param warnings is told what cannot be copied
   * @throws EngineException UNAVAILABLE, NOT_FOUND
   */
  public static void write(
      Path root, String name, boolean ownership, Consumer<String> warnings, OutputStream out) {
    HostTree tree = new HostTree(out, ownership, warnings);
    try {
      if (name.equals(".")) {
        tree.addChildren(root, "");
      } else {
        tree.add(root, name);
      }
      tree.tar.finish();
      tree.tar.flush();
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "cannot copy " + root + ": " + e.getMessage(), e);
    }
  }

  private void add(Path path, String name) throws IOException {
    Map<String, Object> facts =
        Files.readAttributes(
            path,
            "unix:mode,uid,gid,size,lastModifiedTime,isDirectory,isRegularFile,isSymbolicLink",
            LinkOption.NOFOLLOW_LINKS);
    if ((Boolean) facts.get("isDirectory")) {
      tar.putArchiveEntry(entry(name + "/", TarConstants.LF_DIR, facts));
      tar.closeArchiveEntry();
      addChildren(path, name + "/");
    } else if ((Boolean) facts.get("isSymbolicLink")) {
      TarArchiveEntry link = entry(name, TarConstants.LF_SYMLINK, facts);
      link.setLinkName(Files.readSymbolicLink(path).toString());
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    } else if ((Boolean) facts.get("isRegularFile")) {
      addFile(path, name, facts);
    } else {
      warnings.accept("not copied, because it is neither file, directory nor link: " + path);
    }
  }

  private void addChildren(Path directory, String prefix) throws IOException {
    List<Path> children;
    try (Stream<Path> listed = Files.list(directory)) {
      children = listed.sorted().toList();
    }
    for (Path child : children) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IOException("interrupted");
      }
      add(child, prefix + child.getFileName());
    }
  }

  private void addFile(Path path, String name, Map<String, Object> facts) throws IOException {
    TarArchiveEntry file = entry(name, TarConstants.LF_NORMAL, facts);
    long left = (Long) facts.get("size");
    file.setSize(left);
    tar.putArchiveEntry(file);
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      while (left > 0) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) {
          throw new IOException(path + " became shorter while it was read");
        }
        tar.write(buffer, 0, n);
        left -= n;
      }
    }
    tar.closeArchiveEntry();
  }

  private TarArchiveEntry entry(String name, byte type, Map<String, Object> facts) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setMode((Integer) facts.get("mode") & PERMISSIONS);
    entry.setIds(0, 0);
    if (ownership) {
      entry.setUserId((Integer) facts.get("uid"));
      entry.setGroupId((Integer) facts.get("gid"));
    }
    entry.setLastModifiedTime((FileTime) facts.get("lastModifiedTime"));
    return entry;
  }
}
