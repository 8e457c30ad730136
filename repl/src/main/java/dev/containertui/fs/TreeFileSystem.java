package dev.containertui.fs;

import dev.containertui.container.ContainerFiles;
import dev.containertui.container.FileTree;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of one container, running or not, or of one image. It holds nothing open: every access
 * sees the files as they are then, and closing it is not needed.
 *
 * <p>Everything can be read. In a container, files can be written whole and directories made; other
 * changes are for {@code exec} in the container, and fail here with an {@link
 * UnsupportedOperationException} that says so. File systems that the container has mounted ({@code
 * /proc}, {@code /dev}) are not part of it.
 */
public final class TreeFileSystem extends FileSystem {
  private final String owner;
  private final FileTree tree;
  private final Optional<ContainerFiles> writable;
  private volatile boolean closed;

  private TreeFileSystem(String owner, FileTree tree, Optional<ContainerFiles> writable) {
    this.owner = owner;
    this.tree = tree;
    this.writable = writable;
  }

  /**
   * The files of a container.
   *
   * @param owner what it is called in messages and URIs; equal owners are taken for the same
   */
  public static TreeFileSystem ofContainer(String owner, ContainerFiles files) {
    return new TreeFileSystem(owner, files, Optional.of(files));
  }

  /** The files of an image, which do not change. */
  public static TreeFileSystem ofImage(String owner, FileTree files) {
    return new TreeFileSystem(owner, files, Optional.empty());
  }

  String owner() {
    return owner;
  }

  FileTree tree() {
    if (closed) {
      throw new ClosedFileSystemException();
    }
    return tree;
  }

  /** Where files can be written. */
  Optional<ContainerFiles> writable() {
    return writable;
  }

  /** The root directory. */
  public Path root() {
    return new TreePath(this, true, List.of());
  }

  @Override
  public FileSystemProvider provider() {
    return TreeProvider.INSTANCE;
  }

  @Override
  public Path getPath(String first, String... more) {
    String text = more.length == 0 ? first : first + "/" + String.join("/", more);
    if (text.indexOf('\0') >= 0) {
      throw new InvalidPathException(text, "a path has no NUL character");
    }
    List<String> names = new ArrayList<>();
    for (String name : text.split("/")) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    boolean absolute = text.startsWith("/");
    return new TreePath(this, absolute, names.isEmpty() && !absolute ? List.of("") : names);
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher(syntaxAndPattern);
    return path -> {
      try {
        return matcher.matches(Path.of(path.toString()));
      } catch (InvalidPathException e) {
        return false; // a name that this host cannot write
      }
    };
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public boolean isReadOnly() {
    return writable.isEmpty();
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(root());
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic", "owner", "posix", "unix");
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException("users of " + owner + " are known by number only");
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException("the files of " + owner + " cannot be watched");
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Whether it is of the same container or image. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TreeFileSystem fs
        && fs.owner.equals(owner)
        && fs.isReadOnly() == isReadOnly();
  }

  @Override
  public int hashCode() {
    return owner.hashCode();
  }

  @Override
  public String toString() {
    return "files of " + owner;
  }
}
