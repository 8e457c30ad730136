package dev.containertui.files;

import dev.containertui.ext4.Ext4Exception;
import dev.containertui.ext4.FileName;
import dev.containertui.ext4.FileType;
import dev.containertui.ext4.ImagePath;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/** Archives of what a container has at a path: that and all below it. */
public final class TreeArchive {
  private final OverlayView view;
  private final TarWriter tar;
  private final ArchiveMembers members;
  private final DirectoriesSeen seen = new DirectoriesSeen();

  /** A directory whose entries are being written, and its name in the archive. */
  private record Frame(
      ImagePath path, byte[] name, Iterator<Map.Entry<FileName, OverlayFile>> entries) {}

  private TreeArchive(OverlayView view, OutputStream target) {
    this.view = view;
    this.tar = new TarWriter(target);
    this.members = new ArchiveMembers(view, tar);
  }

  /**
   * Writes a tar archive. The stream is flushed and stays open.
   *
   * @param path of what is written, in the container
   * @param name of it in the archive; {@code .} for contents without a name of their own
   */
  public static void write(
      OverlayView view, ImagePath path, OverlayFile file, byte[] name, OutputStream target) {
    run(view, target, archive -> archive.tree(path, file, name, true));
  }

  /** Writes all files of a container, without an entry for the root itself. */
  public static void export(OverlayView view, OutputStream target) {
    run(view, target, archive -> archive.tree(ImagePath.ROOT, view.root(), new byte[0], false));
  }

  private interface Step {
    void run(TreeArchive archive) throws IOException;
  }

  private static void run(OverlayView view, OutputStream target, Step step) {
    try {
      TreeArchive archive = new TreeArchive(view, target);
      step.run(archive);
      archive.tar.finish();
    } catch (Ext4Exception e) {
      throw DiskFailures.of(e);
    } catch (IOException e) {
      throw DiskFailures.target(e);
    }
  }

  private void tree(ImagePath path, OverlayFile file, byte[] name, boolean withItself)
      throws IOException {
    if (withItself) {
      members.add(name, file);
    }
    if (file.stat().type() != FileType.DIRECTORY) {
      return;
    }
    Deque<Frame> frames = new ArrayDeque<>();
    frames.push(enter(path, file, name));
    while (!frames.isEmpty()) {
      Frame frame = frames.peek();
      if (!frame.entries.hasNext()) {
        frames.pop();
        continue;
      }
      DiskFailures.checkInterrupt();
      Map.Entry<FileName, OverlayFile> entry = frame.entries.next();
      ImagePath below = frame.path.resolve(entry.getKey());
      TreePaths.requireShort(below);
      byte[] belowName = TreePaths.join(frame.name, entry.getKey().bytes());
      members.add(belowName, entry.getValue());
      if (entry.getValue().stat().type() == FileType.DIRECTORY) {
        frames.push(enter(below, entry.getValue(), belowName));
      }
    }
  }

  private Frame enter(ImagePath path, OverlayFile directory, byte[] name) {
    seen.enter(path, directory);
    return new Frame(path, name, view.list(directory).entrySet().iterator());
  }
}
