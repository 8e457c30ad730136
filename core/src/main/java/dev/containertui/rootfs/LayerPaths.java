package dev.containertui.rootfs;

import dev.containertui.ext4.Attributes;
import dev.containertui.ext4.Ext4Writer;
import dev.containertui.ext4.FileName;
import dev.containertui.ext4.FileType;
import dev.containertui.ext4.ImagePath;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Which paths the present layer has made. Whiteouts hide only what lower layers have, wherever in
 * the archive they stand (OCI image-spec, layer.md, "Whiteouts"); so what they remove depends on
 * who made it.
 */
final class LayerPaths {
  private static final Attributes IMPLICIT = Attributes.of(0755);

  private final Ext4Writer writer;

  private final Made root = new Made();

  /**
   * A path of this layer, or a directory above one. A tree and not a map of paths: a path of two
   * thousand names has two thousand directories above it, each with a path nearly as long.
   */
  private static final class Made {
    /** Whether it is a member of the archive itself. */
    boolean member;

    Map<FileName, Made> below = Map.of();

    Made at(FileName name) {
      if (below.isEmpty()) {
        below = new HashMap<>(4);
      }
      return below.computeIfAbsent(name, n -> new Made());
    }
  }

  private record Folder(ImagePath path, Made made) {}

  LayerPaths(Ext4Writer writer) {
    this.writer = writer;
  }

  void created(ImagePath path) {
    Made made = root;
    for (FileName name : path.names()) {
      made = made.at(name);
    }
    made.member = true;
  }

  /** Removes what lower layers have at a path and below it. */
  void removeLower(ImagePath path) {
    Made made = find(path);
    if (made == null) {
      writer.remove(path);
      return;
    }
    boolean directory =
        writer.stat(path).filter(stat -> stat.type() == FileType.DIRECTORY).isPresent();
    if (directory) {
      forgetLowerAttributes(path, made);
      removeLowerChildren(path);
    }
  }

  /** Removes what lower layers have below a directory. */
  void removeLowerChildren(ImagePath directory) {
    Made here = find(directory);
    Deque<Folder> pending = new ArrayDeque<>();
    pending.push(new Folder(directory, here == null ? new Made() : here));
    while (!pending.isEmpty()) {
      Folder folder = pending.pop();
      for (FileName name : writer.list(folder.path)) {
        ImagePath child = folder.path.resolve(name);
        Made made = folder.made.below.get(name);
        if (made == null) {
          writer.remove(child);
        } else if (writer.stat(child).orElseThrow().type() == FileType.DIRECTORY) {
          forgetLowerAttributes(child, made);
          pending.push(new Folder(child, made));
        }
      }
    }
  }

  /** A directory that this layer only passes through is the one it would have had to make. */
  private void forgetLowerAttributes(ImagePath directory, Made made) {
    if (!made.member) {
      writer.setAttributes(directory, IMPLICIT);
    }
  }

  /** Null if this layer has made nothing there. */
  private Made find(ImagePath path) {
    Made made = root;
    for (FileName name : path.names()) {
      made = made.below.get(name);
      if (made == null) {
        return null;
      }
    }
    return made;
  }
}
