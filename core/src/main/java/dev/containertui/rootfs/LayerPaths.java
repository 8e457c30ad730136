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

  /** Paths of this layer and the directories above them; true if it is a member itself. */
  private final Map<ImagePath, Boolean> mine = new HashMap<>();

  LayerPaths(Ext4Writer writer) {
    this.writer = writer;
  }

  void created(ImagePath path) {
    mine.put(path, true);
    ImagePath above = path;
    while (!above.isRoot()) {
      above = above.parent();
      if (mine.putIfAbsent(above, false) != null) {
        return;
      }
    }
  }

  /** Removes what lower layers have at a path and below it. */
  void removeLower(ImagePath path) {
    if (!mine.containsKey(path)) {
      writer.remove(path);
      return;
    }
    boolean directory =
        writer.stat(path).filter(stat -> stat.type() == FileType.DIRECTORY).isPresent();
    if (directory) {
      forgetLowerAttributes(path);
      removeLowerChildren(path);
    }
  }

  /** Removes what lower layers have below a directory. */
  void removeLowerChildren(ImagePath directory) {
    Deque<ImagePath> pending = new ArrayDeque<>();
    pending.push(directory);
    while (!pending.isEmpty()) {
      ImagePath folder = pending.pop();
      for (FileName name : writer.list(folder)) {
        ImagePath child = folder.resolve(name);
        if (!mine.containsKey(child)) {
          writer.remove(child);
        } else if (writer.stat(child).orElseThrow().type() == FileType.DIRECTORY) {
          forgetLowerAttributes(child);
          pending.push(child);
        }
      }
    }
  }

  /** A directory that this layer only passes through is the one it would have had to make. */
  private void forgetLowerAttributes(ImagePath directory) {
    if (!mine.get(directory)) {
      writer.setAttributes(directory, IMPLICIT);
    }
  }
}
