package dev.containertui.files;

import dev.containertui.ext4.Attributes;
import dev.containertui.ext4.FileName;
import dev.containertui.ext4.FileType;
import dev.containertui.ext4.ImagePath;
import dev.containertui.ext4.Stat;
import dev.containertui.files.TreeChange.Kind;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What a container has changed, read off its own disk. Everything there is a change, but for
 * directories that are only there because something below them is: they count if anything of theirs
 * differs or something below them has changed. A file that was copied up counts, whatever came of
 * it, as in {@code docker diff}.
 */
public final class UpperChanges {
  private final OverlayView view;
  private final Consumer<TreeChange> taker;
  private final DirectoriesSeen seen = new DirectoriesSeen();

  /** The directories from the root to where the walk is. */
  private final Deque<Frame> frames = new ArrayDeque<>();

  /** A directory whose entries are being looked at. */
  private static final class Frame {
    final TreeChange change;

    /** The directory of the image that it stands for, shown or hidden; 0 if there is none. */
    final long image;

    final SortedMap<FileName, Long> above;
    final SortedMap<FileName, Long> below;
    final Iterator<FileName> names;
    boolean told;
    boolean mountPointMade;

    Frame(
        TreeChange change,
        long image,
        SortedMap<FileName, Long> above,
        SortedMap<FileName, Long> below) {
      this.change = change;
      this.image = image;
      this.above = above;
      this.below = below;
      TreeSet<FileName> all = new TreeSet<>(above.keySet());
      if (directory().lower() == 0) {
        // What is hidden at once has no whiteouts of its own.
        all.addAll(below.keySet());
      }
      this.names = all.iterator();
    }

    OverlayFile directory() {
      return change.file().orElseThrow();
    }

    ImagePath path() {
      return change.path();
    }
  }

  private UpperChanges(OverlayView view, Consumer<TreeChange> taker) {
    this.view = view;
    this.taker = taker;
  }

  /**
   * Tells all changes, a directory before what is below it, names in order of their bytes. The root
   * itself is not among them.
   */
  public static void forEach(OverlayView view, Consumer<TreeChange> taker) {
    if (view.upperLayer().isPresent()) {
      DiskFailures.translated(
          () -> {
            new UpperChanges(view, taker).walk();
            return null;
          });
    }
  }

  private void walk() {
    Optional<OverlayFile> root = Optional.of(view.root());
    enter(new TreeChange(Kind.MODIFIED, ImagePath.ROOT, false, root), view.lowerLayer().root());
    frames.peek().told = true;
    while (!frames.isEmpty()) {
      Frame frame = frames.peek();
      if (frame.names.hasNext()) {
        DiskFailures.checkInterrupt();
        visit(frame, frame.names.next());
      } else {
        leave(frame);
        frames.pop();
      }
    }
  }

  private void enter(TreeChange change, long image) {
    OverlayFile directory = change.file().orElseThrow();
    seen.enter(change.path(), directory);
    SortedMap<FileName, Long> above = view.upperLayer().orElseThrow().entries(directory.upper());
    frames.push(new Frame(change, image, above, view.lowerLayer().entries(image)));
  }

  private void visit(Frame parent, FileName name) {
    ImagePath path = parent.path().resolve(name);
    TreePaths.requireShort(path);
    long below = parent.below.getOrDefault(name, 0L);
    if (below == 0 && MountPoints.contain(path)) {
      parent.mountPointMade = true;
      return;
    }
    Long above = parent.above.get(name);
    Optional<OverlayFile> file =
        above == null
            ? Optional.empty()
            : view.join(above, parent.directory().lower() == 0 ? 0 : below);
    if (file.isEmpty()) {
      if (below != 0) {
        tell(new TreeChange(Kind.DELETED, path, false, file));
      }
      return;
    }
    Kind kind = below == 0 ? Kind.ADDED : Kind.MODIFIED;
    if (file.get().stat().type() != FileType.DIRECTORY) {
      tell(new TreeChange(kind, path, false, file));
      return;
    }
    boolean overDirectory =
        below != 0 && view.lowerLayer().stored(below).type() == FileType.DIRECTORY;
    boolean opaque = overDirectory && file.get().lower() == 0;
    enter(new TreeChange(kind, path, opaque, file), overDirectory ? below : 0);
  }

  /** A directory that nothing was told of may be a change itself. */
  private void leave(Frame frame) {
    boolean onlyMountPoints = frame.mountPointMade && MountPoints.isParent(frame.path());
    if (!frame.told
        && (frame.image == 0
            ? !onlyMountPoints
            : frame.change.opaque() || differs(frame, !onlyMountPoints))) {
      tellFrames();
    }
  }

  private boolean differs(Frame frame, boolean withTime) {
    Attributes mine = frame.directory().stat().attributes();
    Stat stored = view.lowerLayer().stored(frame.image);
    Attributes its = OverlayLayer.shown(stored).attributes();
    return mine.permissions() != its.permissions()
        || mine.uid() != its.uid()
        || mine.gid() != its.gid()
        || (withTime && !mine.modified().equals(its.modified()))
        || !equal(mine.xattrs(), its.xattrs());
  }

  private static boolean equal(SortedMap<String, byte[]> mine, SortedMap<String, byte[]> its) {
    if (!mine.keySet().equals(its.keySet())) {
      return false;
    }
    for (Map.Entry<String, byte[]> xattr : mine.entrySet()) {
      if (!Arrays.equals(xattr.getValue(), its.get(xattr.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private void tell(TreeChange change) {
    tellFrames();
    taker.accept(change);
  }

  /** The directories on the way, the outermost first. */
  private void tellFrames() {
    Iterator<Frame> outermostFirst = frames.descendingIterator();
    while (outermostFirst.hasNext()) {
      Frame frame = outermostFirst.next();
      if (!frame.told) {
        frame.told = true;
        taker.accept(frame.change);
      }
    }
  }
}
