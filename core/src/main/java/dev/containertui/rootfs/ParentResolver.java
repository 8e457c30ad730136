package dev.containertui.rootfs;

import dev.containertui.ext4.Attributes;
import dev.containertui.ext4.Ext4Writer;
import dev.containertui.ext4.FileName;
import dev.containertui.ext4.FileType;
import dev.containertui.ext4.ImagePath;
import dev.containertui.ext4.Stat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds the directory that a member belongs into. Symbolic links on the way are followed inside of
 * the image, with its root as theirs: layers on top of a distribution with {@code /lib → usr/lib}
 * rely on it, and Docker, containerd and umoci do the same. The last part of a member's name is
 * never followed.
 */
final class ParentResolver {
  /** MAXSYMLINKS of the kernel. */
  private static final int MAX_LINKS = 40;

  private static final Attributes MISSING = Attributes.of(0755);

  private final Ext4Writer writer;
  private final EntryBudget budget;

  /**
   * @param budget pays for directories that are made
   */
  ParentResolver(Ext4Writer writer, EntryBudget budget) {
    this.writer = writer;
    this.budget = budget;
  }

  /** The real path of a directory; missing ones are made, 0755 and root's. */
  ImagePath findOrCreate(List<FileName> names) throws LayerException {
    return walk(names, true).orElseThrow();
  }

  /**
   * The real path of a directory; empty if it does not exist, or if something else is in its place.
   */
  Optional<ImagePath> find(List<FileName> names) throws LayerException {
    return walk(names, false);
  }

  private Optional<ImagePath> walk(List<FileName> names, boolean create) throws LayerException {
    Deque<byte[]> ahead = new ArrayDeque<>();
    names.forEach(name -> ahead.add(name.bytes()));
    ImagePath at = ImagePath.ROOT;
    int links = 0;
    while (!ahead.isEmpty()) {
      byte[] part = ahead.remove();
      if (EntryNames.isParent(part)) {
        at = at.isRoot() ? at : at.parent();
        continue;
      }
      ImagePath next = at.resolve(EntryNames.fileName(part));
      Optional<Stat> stat = writer.stat(next);
      if (stat.isEmpty()) {
        if (!create) {
          return Optional.empty();
        }
        budget.takeDirectory();
        writer.directory(next, MISSING);
        at = next;
      } else if (stat.get().type() == FileType.DIRECTORY) {
        at = next;
      } else if (stat.get().type() == FileType.SYMLINK) {
        if (++links > MAX_LINKS) {
          throw new LayerException("too many symbolic links on the way: " + next);
        }
        byte[] target = stat.get().linkTarget();
        if (target[0] == '/') {
          at = ImagePath.ROOT;
        }
        EntryNames.split(target).reversed().forEach(ahead::push);
      } else if (create) {
        throw new LayerException("lies below " + next + ", which is not a directory");
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(at);
  }
}
