package dev.containertui.copy;

import dev.containertui.container.ContainerFiles;
import dev.containertui.container.FileStat;
import dev.containertui.copy.CopyEnd.InContainer;
import dev.containertui.copy.CopyRules.At;
import dev.containertui.copy.CopyRules.Ending;
import dev.containertui.copy.CopyRules.Placement;
import dev.containertui.copy.CopyRules.Source;
import dev.containertui.copy.CopyRules.Target;
import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The copies themselves.
 *
 * @param followLink whether a source that is a symbolic link stands for what it leads to
 * @param ownership whether users and groups are kept
 * @param warnings is told what was left out
 */
public record Copy(boolean followLink, boolean ownership, Consumer<String> warnings) {

  /** From this host into a container. */
  public void in(String from, ContainerFiles files, InContainer to) {
    Path path = Path.of(from).toAbsolutePath();
    Path root = linkFollowed(path, Ending.of(from));
    Source source = new Source(from, nameOf(path), at(root), contentsIfRoot(path, from));
    Placement placement = CopyRules.place(source, target(files, to));
    ArchivePipe.run(
        out -> HostTree.write(root, placement.name(), ownership, warnings, out),
        archive -> files.write(placement.directory(), archive, true));
  }

  /** From a container to this host. */
  public void out(ContainerFiles files, InContainer from, String to) {
    InContainer place = linkFollowed(files, from);
    Path path = Path.of(to).toAbsolutePath();
    Placement placement = CopyRules.place(source(files, from, place), hostTarget(to, path));
    Path directory = Path.of(placement.directory());
    ArchivePipe.run(
        out -> files.read(readPath(place), out),
        archive ->
            HostExtraction.unpack(
                archive, directory, topName(place), placement.name(), ownership, warnings));
  }

  /** From a container to another one, or within one. */
  public void across(
      ContainerFiles files, InContainer from, ContainerFiles others, InContainer to) {
    InContainer place = linkFollowed(files, from);
    Placement placement = CopyRules.place(source(files, from, place), target(others, to));
    String top = topName(place);
    if (top.equals(placement.name())) {
      ArchivePipe.run(
          out -> files.read(readPath(place), out),
          archive -> others.write(placement.directory(), archive, true));
      return;
    }
    ArchiveNames names = new ArchiveNames(top, placement.name());
    ArchivePipe.run(
        renamed ->
            ArchivePipe.run(
                out -> files.read(readPath(place), out),
                archive -> RenamedArchive.copy(archive, renamed, names)),
        archive -> others.write(placement.directory(), archive, true));
  }

  /** From a container to a tar archive. */
  public void toArchive(ContainerFiles files, InContainer from, OutputStream archive) {
    files.read(readPath(linkFollowed(files, from)), archive);
  }

  /** From a tar archive into a directory of a container. */
  public void fromArchive(InputStream archive, ContainerFiles files, InContainer to) {
    Target target = target(files, to);
    if (target.at() != At.DIRECTORY) {
      throw new EngineException(Kind.INVALID, "destination " + to.text() + " must be a directory");
    }
    files.write(target.directory(), archive, true);
  }

  private static String nameOf(Path path) {
    Path name = path.normalize().getFileName();
    return name == null ? "/" : name.toString();
  }

  private static Ending contentsIfRoot(Path path, String text) {
    return path.normalize().getFileName() == null ? Ending.SLASH_DOT : Ending.of(text);
  }

  private Path linkFollowed(Path path, Ending written) {
    try {
      return (followLink || written != Ending.PLAIN) && Files.exists(path)
          ? path.toRealPath()
          : path;
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "cannot follow the link " + path, e);
    }
  }

  private static At at(Path path) {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return At.DIRECTORY;
    }
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? At.FILE : At.NOTHING;
  }

  /** Links on the way to it, and itself, are the user's own. */
  private static Target hostTarget(String text, Path path) {
    Path place = path;
    try {
      if (Files.exists(path)) {
        place = path.toRealPath();
      } else if (Files.isSymbolicLink(path)) {
        place = path.resolveSibling(Files.readSymbolicLink(path)).normalize();
      } else {
        place = path.normalize();
      }
    } catch (IOException e) {
      throw new EngineException(Kind.UNAVAILABLE, "cannot follow the link " + path, e);
    }
    Path parent = place.getParent() == null ? place : place.getParent();
    if (!Files.isDirectory(parent)) {
      throw new EngineException(
          Kind.NOT_FOUND, "invalid output path: directory " + parent + " does not exist");
    }
    return new Target(
        text, place.toString(), parent.toString(), nameOf(place), at(place), Ending.of(text));
  }

  private InContainer linkFollowed(ContainerFiles files, InContainer from) {
    if (from.written() == Ending.SLASH_DOT || !followLink && from.written() == Ending.PLAIN) {
      return from;
    }
    return files.stat(from.path()).resolvedTarget().map(from::at).orElse(from);
  }

  /** The archive's entry is named after the place, the copy after what the user wrote. */
  private static Source source(ContainerFiles files, InContainer written, InContainer place) {
    FileStat stat = files.stat(place.path());
    boolean followed =
        stat.kind() == FileStat.Kind.SYMBOLIC_LINK && written.written() != Ending.PLAIN;
    FileStat meant = followed ? files.stat(stat.resolvedTarget().orElse(place.path())) : stat;
    At at = meant.kind() == FileStat.Kind.DIRECTORY ? At.DIRECTORY : At.FILE;
    return new Source(written.text(), written.name(), at, written.written());
  }

  private static String readPath(InContainer place) {
    return place.written() == Ending.SLASH_DOT
        ? (place.path().equals("/") ? "/." : place.path() + "/.")
        : place.path();
  }

  private static String topName(InContainer place) {
    return place.written() == Ending.SLASH_DOT ? "." : place.name();
  }

  private static Target target(ContainerFiles files, InContainer to) {
    InContainer place = to;
    At at = At.NOTHING;
    try {
      FileStat stat = files.stat(to.path());
      if (stat.kind() == FileStat.Kind.SYMBOLIC_LINK && stat.resolvedTarget().isPresent()) {
        place = to.at(stat.resolvedTarget().get());
        stat = files.stat(place.path());
      }
      at = stat.kind() == FileStat.Kind.DIRECTORY ? At.DIRECTORY : At.FILE;
    } catch (EngineException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
      // its parent may be there, and then it is made
    }
    return new Target(to.text(), place.path(), place.parent(), place.name(), at, to.written());
  }
}
