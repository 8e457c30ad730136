package dev.containertui.rootfs;

import dev.containertui.ext4.Attributes;
import dev.containertui.ext4.Ext4Writer;
import dev.containertui.ext4.FileName;
import dev.containertui.ext4.FileSink;
import dev.containertui.ext4.FileType;
import dev.containertui.ext4.ImagePath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Applies the members of one layer to what the layers below have left (OCI image-spec, layer.md):
 * additions, replacements, whiteouts. No path of the host is involved: names lead nowhere but into
 * the tree of the image.
 */
final class LayerApplier {
  private static final String WHITEOUT = ".wh.";
  private static final String AUFS_METADATA = ".wh..wh.";
  private static final FileName OPAQUE = FileName.of(".wh..wh..opq");

  private final Ext4Writer writer;
  private final EntryBudget budget;
  private final ParentResolver parents;
  private final LayerPaths paths;

  LayerApplier(Ext4Writer writer, EntryBudget budget) {
    this.writer = writer;
    this.budget = budget;
    this.parents = new ParentResolver(writer, budget);
    this.paths = new LayerPaths(writer);
  }

  /** Applies one member, whose content, if it is a file, is next in {@code tar}. */
  void apply(TarEntry entry, TarReader tar) throws IOException {
    budget.take(entry);
    List<FileName> names = EntryNames.parse(entry.name());
    if (names.isEmpty()) {
      if (entry.type() != TarEntry.Type.DIRECTORY) {
        throw new LayerException("the root is replaced by something that is no directory");
      }
      writer.setAttributes(ImagePath.ROOT, attributes(entry));
      return;
    }
    FileName name = names.getLast();
    List<FileName> folder = names.subList(0, names.size() - 1);
    if (name.startsWith(WHITEOUT)) {
      whiteout(folder, name);
      return;
    }
    ImagePath path = parents.findOrCreate(folder).resolve(name);
    create(entry, path, tar);
    paths.created(path);
  }

  private void whiteout(List<FileName> folder, FileName name) throws LayerException {
    Optional<ImagePath> directory = parents.find(folder);
    if (name.equals(OPAQUE)) {
      directory.ifPresent(paths::removeLowerChildren);
    } else if (!name.startsWith(AUFS_METADATA)) {
      if (name.length() == WHITEOUT.length()) {
        throw new LayerException("a whiteout of nothing");
      }
      FileName hidden = EntryNames.withoutFirst(name, WHITEOUT.length());
      directory.ifPresent(d -> paths.removeLower(d.resolve(hidden)));
    }
  }

  private void create(TarEntry entry, ImagePath path, TarReader tar) throws IOException {
    switch (entry.type()) {
      case DIRECTORY -> writer.directory(path, attributes(entry));
      case FILE -> {
        FileSink sink = writer.openFile(path, attributes(entry), entry.sizeBytes());
        try {
          tar.copyContent(sink);
          sink.close();
        } finally {
          sink.abandon();
        }
      }
      case SYMLINK -> writer.symlink(path, attributes(entry), entry.linkTarget());
      case HARD_LINK -> hardLink(entry, path);
      case CHARACTER_DEVICE ->
          writer.special(
              path, attributes(entry), FileType.CHARACTER_DEVICE, entry.major(), entry.minor());
      case BLOCK_DEVICE ->
          writer.special(
              path, attributes(entry), FileType.BLOCK_DEVICE, entry.major(), entry.minor());
      case FIFO -> writer.special(path, attributes(entry), FileType.FIFO, 0, 0);
    }
  }

  /** The target is a member's name, not a symlink's target: relative to the root. */
  private void hardLink(TarEntry entry, ImagePath path) throws LayerException {
    List<FileName> names = EntryNames.parse(entry.linkTarget());
    Optional<ImagePath> folder =
        names.isEmpty() ? Optional.empty() : parents.find(names.subList(0, names.size() - 1));
    if (folder.isEmpty()) {
      throw new LayerException(
          "a hard link to " + FileName.printable(entry.linkTarget()) + ", which does not exist");
    }
    writer.hardLink(path, folder.get().resolve(names.getLast()));
  }

  private static Attributes attributes(TarEntry entry) {
    SortedMap<String, byte[]> xattrs = entry.xattrs();
    if (!xattrs.isEmpty()) {
      boolean userAllowed =
          entry.type() == TarEntry.Type.FILE || entry.type() == TarEntry.Type.DIRECTORY;
      xattrs = new TreeMap<>(xattrs);
      xattrs.keySet().removeIf(name -> !isKept(name, userAllowed));
    }
    // Linux has no permissions for symbolic links; all of them show as 0777.
    int permissions = entry.type() == TarEntry.Type.SYMLINK ? 0777 : entry.permissions();
    return new Attributes(permissions, entry.uid(), entry.gid(), entry.modified(), xattrs);
  }

  /**
   * What the kernel would not let an engine set is dropped, as they do; so is what would speak to
   * the overlay that the image becomes the lower half of.
   */
  private static boolean isKept(String xattr, boolean userAllowed) {
    return Ext4Writer.canStoreXattr(xattr)
        && !xattr.startsWith("trusted.overlay.")
        && !xattr.startsWith("user.overlay.")
        && (userAllowed || !xattr.startsWith("user."));
  }
}
