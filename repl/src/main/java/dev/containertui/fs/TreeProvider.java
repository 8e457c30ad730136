package dev.containertui.fs;

import dev.containertui.container.FileStat;
import dev.containertui.container.FileTree;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers what {@link java.nio.file.Files} asks about files of containers and images. */
final class TreeProvider extends FileSystemProvider {
  static final String SCHEME = "container-tui";
  static final TreeProvider INSTANCE = new TreeProvider();

  /** As the kernel's: ELOOP. */
  private static final int MAX_LINKS = 40;

  private TreeProvider() {}

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException("fs() of a container or image gives its files");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new FileSystemNotFoundException("fs() of a container or image gives its files");
  }

  @Override
  public Path getPath(URI uri) {
    throw new FileSystemNotFoundException("fs() of a container or image gives its files");
  }

  private static FileTree tree(TreePath path) {
    return path.getFileSystem().tree();
  }

  private interface Question<T> {
    T ask();
  }

  /** What the engine says about a path, its failures as those of a file system. */
  private static <T> T ask(Path path, Question<T> question) throws IOException {
    try {
      return question.ask();
    } catch (EngineException e) {
      throw failure(path, e);
    }
  }

  static IOException failure(Path path, EngineException e) {
    IOException failure =
        switch (e.kind()) {
          case NOT_FOUND -> new NoSuchFileException(path.toString());
          case INVALID ->
              e.getMessage().startsWith("not a directory")
                  ? new NotDirectoryException(path.toString())
                  : new FileSystemException(path.toString(), null, e.getMessage());
          default -> new FileSystemException(path.toString(), null, e.getMessage());
        };
    failure.initCause(e);
    return failure;
  }

  /** What is at a path, a link itself not followed. */
  private static FileStat stat(TreePath path) throws IOException {
    Optional<FileStat> listed = path.listed();
    return listed.isPresent() ? listed.get() : ask(path, () -> tree(path).stat(path.engines()));
  }

  private static FileStat stat(TreePath path, LinkOption... options) throws IOException {
    FileStat stat = stat(path);
    if (stat.kind() != FileStat.Kind.SYMBOLIC_LINK
        || Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS)) {
      return stat;
    }
    return ask(path, () -> tree(path).stat(follow(path).engines()));
  }

  TreePath real(TreePath path, LinkOption... options) throws IOException {
    if (Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS)) {
      TreePath plain = (TreePath) path.toAbsolutePath().normalize();
      stat(plain, LinkOption.NOFOLLOW_LINKS);
      return plain;
    }
    return ask(path, () -> follow(path));
  }

  /** Follows every link on the way. */
  private static TreePath follow(TreePath path) {
    Deque<String> ahead = new ArrayDeque<>();
    push(ahead, path.engines());
    List<String> done = new ArrayList<>();
    int links = 0;
    while (!ahead.isEmpty()) {
      String name = ahead.pop();
      if (name.equals("..")) {
        if (!done.isEmpty()) {
          done.removeLast();
        }
        continue;
      }
      done.add(name);
      FileStat stat = tree(path).stat("/" + String.join("/", done));
      if (stat.kind() != FileStat.Kind.SYMBOLIC_LINK) {
        continue;
      }
      if (++links > MAX_LINKS) {
        throw new EngineException(
            Kind.INVALID, "more than " + MAX_LINKS + " symbolic links on the way");
      }
      done.removeLast();
      String target = stat.linkTarget().orElse("");
      if (target.startsWith("/")) {
        done.clear();
      }
      push(ahead, target);
    }
    return new TreePath(path.getFileSystem(), true, done);
  }

  private static void push(Deque<String> ahead, String path) {
    for (String name : Arrays.asList(path.split("/")).reversed()) {
      if (!name.isEmpty() && !name.equals(".")) {
        ahead.push(name);
      }
    }
  }

  @Override
  public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
    TreePath own = TreePath.of(path);
    requireReading(own, Set.of(options));
    long size = stat(own, new LinkOption[0]).sizeBytes();
    return TreeContent.stream(own, size, out -> tree(own).content(own.engines(), out));
  }

  private static void requireReading(TreePath path, Set<? extends OpenOption> options) {
    for (OpenOption option : options) {
      if (option != StandardOpenOption.READ && option != LinkOption.NOFOLLOW_LINKS) {
        throw new UnsupportedOperationException(path + " cannot be read with option " + option);
      }
    }
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    TreePath own = TreePath.of(path);
    boolean write =
        options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
    if (write) {
      return TreeWriting.open(own, existing(own), options);
    }
    requireReading(own, options);
    return TreeContent.channel(own, out -> tree(own).content(own.engines(), out));
  }

  @Override
  public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
    Set<OpenOption> all = new HashSet<>(Set.of(options));
    if (all.contains(StandardOpenOption.READ)) {
      throw new IllegalArgumentException("READ is not for writing");
    }
    if (all.isEmpty()) {
      all.add(StandardOpenOption.CREATE);
      all.add(StandardOpenOption.TRUNCATE_EXISTING);
    }
    all.add(StandardOpenOption.WRITE);
    return Channels.newOutputStream(newByteChannel(path, all));
  }

  private static Optional<FileStat> existing(TreePath path) throws IOException {
    try {
      return Optional.of(stat(path, new LinkOption[0]));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    TreePath own = TreePath.of(directory);
    List<FileStat> listed = ask(own, () -> tree(own).list(own.engines()));
    List<Path> entries = new ArrayList<>();
    for (FileStat stat : listed) {
      String name = stat.name();
      boolean plain =
          !name.isEmpty() && !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0;
      if (plain) {
        Path entry = own.entry(stat);
        if (filter == null || filter.accept(entry)) {
          entries.add(entry);
        }
      }
    }
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return List.copyOf(entries).iterator();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    TreePath own = TreePath.of(directory);
    if (existing(own).isPresent()) {
      throw new FileAlreadyExistsException(own.toString());
    }
    TreeWriting.makeDirectory(own);
  }

  @Override
  public void delete(Path path) {
    throw unsupported(path, "deleted", "exec(\"rm\", …) in the running container does that");
  }

  /** Copies a regular file; directories are for {@code cp}. */
  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    TreePath from = TreePath.of(source);
    TreePath to = TreePath.of(target);
    if (stat(from, new LinkOption[0]).kind() != FileStat.Kind.FILE) {
      throw unsupported(source, "copied so", "cp(source, container, target) does that");
    }
    if (existing(to).isPresent()
        && !Arrays.asList(options).contains(StandardCopyOption.REPLACE_EXISTING)) {
      throw new FileAlreadyExistsException(to.toString());
    }
    try (InputStream in = newInputStream(from);
        OutputStream out = newOutputStream(to)) {
      in.transferTo(out);
    }
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) {
    throw unsupported(source, "moved", "exec(\"mv\", …) in the running container does that");
  }

  private static UnsupportedOperationException unsupported(Path path, String what, String instead) {
    return new UnsupportedOperationException(path + " cannot be " + what + "; " + instead);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return path.equals(other)
        || other instanceof TreePath && path.toRealPath().equals(other.toRealPath());
  }

  @Override
  public boolean isHidden(Path path) {
    return path.getFileName() != null && path.getFileName().toString().startsWith(".");
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw new UnsupportedOperationException("df() tells what takes how much of the disk");
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    TreePath own = TreePath.of(path);
    FileStat stat = stat(own, new LinkOption[0]);
    for (AccessMode mode : modes) {
      boolean denied =
          switch (mode) {
            case READ -> false;
            case WRITE -> own.getFileSystem().isReadOnly();
            case EXECUTE -> (stat.permissions() & 0111) == 0;
          };
      if (denied) {
        throw new AccessDeniedException(path.toString());
      }
    }
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    TreePath own = TreePath.of(link);
    FileStat stat = stat(own, LinkOption.NOFOLLOW_LINKS);
    return own.getFileSystem()
        .getPath(stat.linkTarget().orElseThrow(() -> new NotLinkException(link.toString())));
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    boolean known =
        type == BasicFileAttributeView.class
            || type == PosixFileAttributeView.class
            || type == FileOwnerAttributeView.class;
    return known ? type.cast(new TreeAttributeView(this, path, options, type)) : null;
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (type != BasicFileAttributes.class && type != PosixFileAttributes.class) {
      throw new UnsupportedOperationException("there are no " + type.getName() + " of " + path);
    }
    return type.cast(new TreeAttributes(stat(TreePath.of(path), options)));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    int colon = names.indexOf(':');
    String view = colon < 0 ? "basic" : names.substring(0, colon);
    Map<String, Object> all = new TreeAttributes(stat(TreePath.of(path), options)).named(view);
    Map<String, Object> asked = new LinkedHashMap<>();
    for (String name : names.substring(colon + 1).split(",")) {
      if (name.equals("*")) {
        return all;
      }
      if (!all.containsKey(name)) {
        throw new IllegalArgumentException("there is no attribute \"" + view + ":" + name + "\"");
      }
      asked.put(name, all.get(name));
    }
    return asked;
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
    throw unsupported(
        path, "given other attributes", "exec(\"chmod\", …) in the running container does that");
  }
}
