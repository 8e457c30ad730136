package dev.containertui;

import dev.containertui.error.EngineException;
import dev.containertui.error.EngineException.Kind;
import dev.containertui.view.Cell;
import dev.containertui.view.Humanize;
import dev.containertui.view.Tone;
import dev.containertui.view.Tree;
import dev.containertui.view.View;
import dev.containertui.view.Viewable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file or a directory with what is in it, of this host, a container or an image.
 *
 * @param name of it; of the topmost one the path
 * @param kind {@code "file"}, {@code "directory"}, {@code "link"} or {@code "other"}
 * @param sizeBytes of a file; of a directory, of all files below it that are in this tree
 * @param children of a directory, by name; none below the depth that was asked for
 */
public record FileNode(String name, String kind, long sizeBytes, List<FileNode> children)
    implements Value, Viewable {
  private static final int MOST_FILES = 20_000;

  public FileNode {
    children = List.copyOf(children);
  }

  static FileNode of(Path root, int depth) {
    try {
      return of(root, root.toString(), depth, new int[1]);
    } catch (IOException e) {
      throw new EngineException(
          Kind.NOT_FOUND, "tree(path): cannot read " + root + ": " + Failures.reason(e), e);
    }
  }

  private static FileNode of(Path path, String name, int depth, int[] count) throws IOException {
    if (++count[0] > MOST_FILES) {
      throw new EngineException(
          Kind.EXHAUSTED,
          "tree(path): more than " + MOST_FILES + " files",
          "tree(path, depth) goes less deep");
    }
    boolean link = Files.isSymbolicLink(path);
    boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    boolean file = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    List<FileNode> children = new ArrayList<>();
    if (directory && depth > 0) {
      List<Path> entries;
      try (Stream<Path> listed = Files.list(path)) {
        entries = listed.sorted().toList();
      }
      for (Path entry : entries) {
        children.add(of(entry, String.valueOf(entry.getFileName()), depth - 1, count));
      }
    }
    long size = file ? Files.size(path) : children.stream().mapToLong(FileNode::sizeBytes).sum();
    String kind = link ? "link" : directory ? "directory" : file ? "file" : "other";
    return new FileNode(name, kind, size, children);
  }

  @Override
  public View view() {
    return tree();
  }

  private Tree tree() {
    return new Tree(
        new Cell(name, kind.equals("directory") ? Tone.NAME : Tone.PLAIN),
        kind.equals("file") ? Humanize.bytes(sizeBytes) : kind.equals("directory") ? "" : kind,
        children.stream().map(FileNode::tree).toList());
  }
}
