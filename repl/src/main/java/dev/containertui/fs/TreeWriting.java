package dev.containertui.fs;

import dev.containertui.container.ContainerFiles;
import dev.containertui.container.FileStat;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes whole files into a container: what is written is kept on this host until the channel is
 * closed, and then goes there as an archive of one entry.
 */
final class TreeWriting implements SeekableByteChannel {
  private static final int NEW_FILE = 0644;
  private static final int NEW_DIRECTORY = 0755;

  private final TreePath path;
  private final ContainerFiles files;
  private final Optional<FileStat> before;
  private final FileChannel content;
  private final boolean append;

  private TreeWriting(
      TreePath path,
      ContainerFiles files,
      Optional<FileStat> before,
      FileChannel content,
      boolean append) {
    this.path = path;
    this.files = files;
    this.before = before;
    this.content = content;
    this.append = append;
  }

  /**
   * @param before what is there
   */
  static SeekableByteChannel open(
      TreePath asked, Optional<FileStat> before, Set<? extends OpenOption> options)
      throws IOException {
    ContainerFiles files = writable(asked);
    boolean create = options.contains(StandardOpenOption.CREATE);
    boolean createNew = options.contains(StandardOpenOption.CREATE_NEW);
    if (before.isPresent() && createNew) {
      throw new FileAlreadyExistsException(asked.toString());
    }
    if (before.isEmpty() && !create && !createNew) {
      throw new NoSuchFileException(asked.toString());
    }
    if (before.filter(stat -> stat.kind() != FileStat.Kind.FILE).isPresent()) {
      throw new FileSystemException(asked.toString(), null, "it is not a regular file");
    }
    // Of a link, what it leads to is written.
    TreePath path = before.isPresent() ? TreeProvider.INSTANCE.real(asked) : asked;
    requireDirectory(path);
    boolean append = options.contains(StandardOpenOption.APPEND);
    boolean empty = before.isEmpty() || options.contains(StandardOpenOption.TRUNCATE_EXISTING);
    FileChannel content =
        TreeContent.copy(
            path,
            out -> {
              if (append || !empty) {
                files.content(path.engines(), out);
              }
            });
    return new TreeWriting(path, files, before, content, append);
  }

  private static ContainerFiles writable(TreePath path) {
    return path.getFileSystem()
        .writable()
        .orElseThrow(
            () ->
                new UnsupportedOperationException(
                    "the "
                        + path.getFileSystem()
                        + " do not change; run(…) makes a container, commit(…) an image of it"));
  }

  private static void requireDirectory(TreePath path) throws IOException {
    TreePath parent = (TreePath) path.toAbsolutePath().getParent();
    if (parent != null) {
      TreeProvider.INSTANCE.checkAccess(parent);
    }
  }

  static void makeDirectory(TreePath path) throws IOException {
    ContainerFiles files = writable(path);
    requireDirectory(path);
    TarArchiveEntry entry =
        new TarArchiveEntry(path.getFileName() + "/", TarConstants.LF_DIR, true);
    entry.setMode(NEW_DIRECTORY);
    send(path, files, entry, InputStream.nullInputStream());
  }

  private static void send(
      TreePath path, ContainerFiles files, TarArchiveEntry entry, InputStream content)
      throws IOException {
    entry.setLastModifiedTime(FileTime.from(Instant.now()));
    TreePath parent = (TreePath) path.toAbsolutePath().getParent();
    PipedInputStream archive = new PipedInputStream(64 << 10);
    PipedOutputStream out = new PipedOutputStream(archive);
    Thread writer = Thread.ofVirtual().name("archive").start(() -> write(entry, content, out));
    try {
      try {
        files.write(parent.engines(), archive, true);
      } finally {
        archive.close(); // which ends the writer, wherever it is
        writer.join();
      }
    } catch (EngineException e) {
      throw TreeProvider.failure(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TreeProvider.failure(
          path, new EngineException(Kind.CANCELLED, "writing " + path + " was cancelled", e));
    }
  }

  /** An archive that breaks off has no end, so that it is refused. */
  private static void write(TarArchiveEntry entry, InputStream content, OutputStream out) {
    try (content;
        out;
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      tar.putArchiveEntry(entry);
      content.transferTo(tar);
      tar.closeArchiveEntry();
    } catch (IOException e) {
      // Who reads has failed, and says why.
      return;
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return content.read(target);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    if (append) {
      content.position(content.size());
    }
    return content.write(source);
  }

  @Override
  public long position() throws IOException {
    return content.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    content.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return content.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    content.truncate(size);
    return this;
  }

  @Override
  public boolean isOpen() {
    return content.isOpen();
  }

  @Override
  public void close() throws IOException {
    if (!content.isOpen()) {
      return;
    }
    try (content) {
      TarArchiveEntry entry =
          new TarArchiveEntry(path.getFileName().toString(), TarConstants.LF_NORMAL, true);
      entry.setMode(before.map(FileStat::permissions).orElse(NEW_FILE));
      entry.setIds(0, 0);
      before.ifPresent(
          stat -> {
            entry.setUserId(stat.uid());
            entry.setGroupId(stat.gid());
          });
      entry.setSize(content.size());
      content.position(0);
      send(path, files, entry, Channels.newInputStream(content));
    }
  }
}
