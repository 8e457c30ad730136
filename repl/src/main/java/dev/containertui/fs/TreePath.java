package dev.containertui.fs;

import dev.containertui.container.FileStat;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A path in a container or image. */
final class TreePath implements Path {
  private static final long FRESH_NANOS = 2_000_000_000L;

  private final TreeFileSystem fs;
  private final boolean absolute;
  private final List<String> names;

  /** What a listing of its directory has just told; saves a question for each file of a walk. */
  private final FileStat listed;

  private final long listedAt = System.nanoTime();

  TreePath(TreeFileSystem fs, boolean absolute, List<String> names) {
    this(fs, absolute, names, null);
  }

  private TreePath(TreeFileSystem fs, boolean absolute, List<String> names, FileStat listed) {
    this.fs = fs;
    this.absolute = absolute;
    this.names = List.copyOf(names);
    this.listed = listed;
  }

  /** A file of this directory, as the directory's listing has it. */
  TreePath entry(FileStat stat) {
    List<String> longer = new ArrayList<>(isEmpty() ? List.of() : names);
    longer.add(stat.name());
    return new TreePath(fs, absolute, longer, stat);
  }

  /** What is there by a listing of the last two seconds, if it is from one. */
  Optional<FileStat> listed() {
    return System.nanoTime() - listedAt < FRESH_NANOS
        ? Optional.ofNullable(listed)
        : Optional.empty();
  }

  static TreePath of(Path path) {
    if (path instanceof TreePath own) {
      return own;
    }
    throw new ProviderMismatchException(
        path == null ? "the path is null" : path + " is not a path in a container");
  }

  private TreePath with(boolean isAbsolute, List<String> other) {
    return new TreePath(fs, isAbsolute, other.isEmpty() && !isAbsolute ? List.of("") : other);
  }

  private boolean isEmpty() {
    return !absolute && names.size() == 1 && names.getFirst().isEmpty();
  }

  /** From the root on, as the engine takes it. */
  String engines() {
    return isEmpty() ? "/" : "/" + String.join("/", names);
  }

  @Override
  public TreeFileSystem getFileSystem() {
    return fs;
  }

  @Override
  public boolean isAbsolute() {
    return absolute;
  }

  @Override
  public Path getRoot() {
    return absolute ? with(true, List.of()) : null;
  }

  @Override
  public Path getFileName() {
    return names.isEmpty() ? null : with(false, List.of(names.getLast()));
  }

  @Override
  public Path getParent() {
    if (names.isEmpty() || !absolute && names.size() == 1) {
      return null;
    }
    return with(absolute, names.subList(0, names.size() - 1));
  }

  @Override
  public int getNameCount() {
    return names.size();
  }

  @Override
  public Path getName(int index) {
    return subpath(index, index + 1);
  }

  @Override
  public Path subpath(int from, int to) {
    if (from < 0 || to > names.size() || from >= to) {
      throw new IllegalArgumentException("no names " + from + " to " + to + " in " + this);
    }
    return with(false, names.subList(from, to));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof TreePath own
        && own.fs.equals(fs)
        && own.absolute == absolute
        && own.names.size() <= names.size()
        && names.subList(0, own.names.size()).equals(own.names);
  }

  @Override
  public boolean endsWith(Path other) {
    if (!(other instanceof TreePath own) || !own.fs.equals(fs)) {
      return false;
    }
    if (own.absolute) {
      return equals(own);
    }
    int from = names.size() - own.names.size();
    return from >= 0 && names.subList(from, names.size()).equals(own.names);
  }

  @Override
  public Path normalize() {
    List<String> kept = new ArrayList<>();
    for (String name : names) {
      if (name.equals("..") && !kept.isEmpty() && !kept.getLast().equals("..")) {
        kept.removeLast();
      } else if (!name.equals(".") && !(name.equals("..") && absolute)) {
        kept.add(name);
      }
    }
    return with(absolute, kept);
  }

  @Override
  public Path resolve(Path other) {
    TreePath own = of(other);
    if (own.absolute || isEmpty()) {
      return own;
    }
    if (own.isEmpty()) {
      return this;
    }
    List<String> longer = new ArrayList<>(names);
    longer.addAll(own.names);
    return with(absolute, longer);
  }

  @Override
  public Path relativize(Path other) {
    TreePath own = of(other);
    if (own.absolute != absolute) {
      throw new IllegalArgumentException("one of " + this + " and " + other + " is not absolute");
    }
    List<String> from = isEmpty() ? List.of() : names;
    List<String> to = own.isEmpty() ? List.of() : own.names;
    int common = 0;
    while (common < Math.min(from.size(), to.size()) && from.get(common).equals(to.get(common))) {
      common++;
    }
    List<String> way = new ArrayList<>();
    for (int i = common; i < from.size(); i++) {
      way.add("..");
    }
    way.addAll(to.subList(common, to.size()));
    return with(false, way);
  }

  @Override
  public URI toUri() {
    try {
      return new URI(TreeProvider.SCHEME, fs.owner(), engines(), null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no URI for " + this, e);
    }
  }

  @Override
  public Path toAbsolutePath() {
    return absolute ? this : new TreePath(fs, true, isEmpty() ? List.of() : names);
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    return TreeProvider.INSTANCE.real(this, options);
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("the files of " + fs.owner() + " cannot be watched");
  }

  @Override
  public int compareTo(Path other) {
    return toString().compareTo(of(other).toString());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TreePath own
        && own.absolute == absolute
        && own.names.equals(names)
        && own.fs.equals(fs);
  }

  @Override
  public int hashCode() {
    return Objects.hash(absolute, names);
  }

  @Override
  public String toString() {
    return (absolute ? "/" : "") + String.join("/", names);
  }
}
