package dev.containertui.files;

import dev.containertui.error.EngineException;
import dev.containertui.ext4.Attributes;
import dev.containertui.ext4.Ext4Exception;
import dev.containertui.ext4.ImagePath;
import dev.containertui.ext4.Stat;
import dev.containertui.files.TreeChange.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a container has changed, as a layer above those of its image (OCI image-spec, layer.md). The
 * same disk gives the same bytes.
 */
public final class LayerArchive {
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";
  private static final byte[] ROOT_NAME = {'.', '/'};

  /** As the root of a new disk is. */
  private static final int ROOT_PERMISSIONS = 0755;

  private final OverlayView view;
  private final TarWriter tar;
  private final ArchiveMembers members;

  /** The last directory that hides all that the image has there; null before the first. */
  private ImagePath hidden;

  private LayerArchive(OverlayView view, OutputStream target) {
    this.view = view;
    this.tar = new TarWriter(target);
    this.members = new ArchiveMembers(view, tar);
  }

  /** Writes the layer, uncompressed. The stream is flushed and stays open. */
  public static void write(OverlayView view, OutputStream target) {
    try {
      LayerArchive layer = new LayerArchive(view, target);
      layer.root();
      UpperChanges.forEach(view, layer::add);
      layer.tar.finish();
    } catch (UncheckedIOException e) {
      throw DiskFailures.target(e.getCause());
    } catch (IOException e) {
      throw DiskFailures.target(e);
    } catch (Ext4Exception e) {
      throw DiskFailures.of(e);
    }
  }

  /** The root's attributes are the container's disk's; nobody can tell them from the image's. */
  private void root() throws IOException {
    Stat root = view.root().stat();
    Attributes attributes = root.attributes();
    boolean changed =
        attributes.permissions() != ROOT_PERMISSIONS
            || attributes.uid() != 0
            || attributes.gid() != 0
            || !attributes.xattrs().isEmpty();
    if (view.upperLayer().isPresent() && changed) {
      tar.member(ROOT_NAME, root);
    }
  }

  private void add(TreeChange change) {
    try {
      ImagePath path = change.path();
      boolean inHidden = hidden != null && hidden.contains(path);
      if (change.kind() == Kind.DELETED) {
        if (!inHidden) {
          tar.mark(whiteout(path));
        }
        return;
      }
      if (path.name().startsWith(WHITEOUT)) {
        throw new EngineException(
            EngineException.Kind.INVALID,
            "an image's layer cannot hold " + path + ": such names mark what is deleted");
      }
      byte[] name = TreePaths.of(path);
      members.add(name, change.file().orElseThrow());
      if (change.opaque() && !inHidden) {
        hidden = path;
        tar.mark(TreePaths.join(name, OPAQUE.getBytes(StandardCharsets.US_ASCII)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] whiteout(ImagePath path) {
    byte[] mark = WHITEOUT.getBytes(StandardCharsets.US_ASCII);
    byte[] name = path.name().bytes();
    byte[] marked = Arrays.copyOf(mark, mark.length + name.length);
    System.arraycopy(name, 0, marked, mark.length, name.length);
    return TreePaths.join(TreePaths.of(path.parent()), marked);
  }
}
