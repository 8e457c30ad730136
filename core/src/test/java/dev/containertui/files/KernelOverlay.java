package dev.containertui.files;

import dev.containertui.rootfs.LayerSource;
import dev.containertui.rootfs.RootFilesystems;
import dev.containertui.rootfs.TestLayers;
import dev.containertui.rootfs.Tools;
import dev.containertui.rootfs.UnpackProgress;
import dev.containertui.rootfs.WritableDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Disks of a container as this host's kernel joins and writes them, with the mount options of the
 * guest. Needs root.
 */
final class KernelOverlay implements AutoCloseable {
  private static final String MANIFEST = TestLayers.digest(new byte[] {2});

  private final LayerSource layer;
  private final Path image;
  private final Path upper;
  private final Path lowerMount;
  private final Path upperMount;
  private final Path merged;
  private boolean mounted;

  KernelOverlay(Path directory, byte[] baseLayer) throws IOException {
    layer = TestLayers.plain(baseLayer);
    image =
        new RootFilesystems(directory.resolve("rootfs"))
            .prepare(MANIFEST, List.of(layer), UnpackProgress.NONE);
    upper = directory.resolve("upper.ext4");
    WritableDisk.create(upper, 256L << 20);
    lowerMount = Files.createDirectory(directory.resolve("lower"));
    upperMount = Files.createDirectory(directory.resolve("upper"));
    merged = Files.createDirectory(directory.resolve("merged"));
    Tools.output("mount", "-o", "loop,ro", image.toString(), lowerMount.toString());
    Tools.output("mount", "-o", "loop", upper.toString(), upperMount.toString());
    String options =
        "lowerdir=%s,upperdir=%s/upper,workdir=%s/work,xino=on,redirect_dir=off,metacopy=off"
            .formatted(lowerMount, upperMount, upperMount);
    Tools.output("mount", "-t", "overlay", "overlay", "-o", options, merged.toString());
    mounted = true;
  }

  LayerSource layer() {
    return layer;
  }

  /** The container's root. */
  Path merged() {
    return merged;
  }

  Path upper() {
    return upper;
  }

  Path image() {
    return image;
  }

  /** Runs a script of the host's shell in the container's root. */
  void sh(String script) {
    Tools.output("sh", "-ec", "cd \"$0\"\n" + script, merged.toString());
  }

  void python(String script) {
    Tools.output("python3", "-c", "import os, socket\nos.chdir('" + merged + "')\n" + script);
  }

  /** The container's disk as if the machine were killed now: mounted, its journal in use. */
  Path killed(Path copy) {
    Tools.output("sync", "-f", merged.toString());
    Tools.output("cp", "--sparse=always", upper.toString(), copy.toString());
    return copy;
  }

  OverlayView unmountAndOpen() {
    unmount();
    return OverlayView.open(image, Optional.of(upper));
  }

  void unmount() {
    if (mounted) {
      mounted = false;
      Tools.output("umount", merged.toString());
      Tools.output("umount", upperMount.toString());
      Tools.output("umount", lowerMount.toString());
    }
  }

  @Override
  public void close() {
    unmount();
  }

  /**
   * All that can be told of the files below a directory, a line each, but for sockets: kind, mode,
   * owner, device, size, time, link target, hash, extended attributes, which of them are one.
   */
  static String listing(Path root) {
    String script =
        """
        import hashlib, os, stat, sys
        root = os.fsencode(sys.argv[1])
        names = {}
        lines = []
        def show(path):
            s = os.lstat(path)
            name = path[len(root):]
            kind = stat.S_IFMT(s.st_mode)
            if kind == stat.S_IFSOCK:
                return
            out = [repr(name), oct(s.st_mode), s.st_uid, s.st_gid, s.st_mtime_ns]
            if kind in (stat.S_IFCHR, stat.S_IFBLK):
                out.append((os.major(s.st_rdev), os.minor(s.st_rdev)))
            if kind == stat.S_IFLNK:
                out.append(os.readlink(path))
            if kind == stat.S_IFREG:
                h = hashlib.sha256()
                with open(path, 'rb') as f:
                    while data := f.read(1 << 20):
                        h.update(data)
                out += [s.st_size, h.hexdigest()]
            for key in sorted(os.listxattr(path, follow_symlinks=False)):
                out.append((key, os.getxattr(path, key, follow_symlinks=False)))
            links = names.setdefault(s.st_ino if kind != stat.S_IFDIR else name, [])
            links.append(name)
            lines.append((out, links))
        for folder, folders, files in os.walk(root):
            folders.sort()
            for name in sorted(folders + files):
                show(os.path.join(folder, name))
        for out, links in lines:
            print(*out, *(links if len(links) > 1 else []))
        """;
    return Tools.output("python3", "-c", script, root.toString());
  }
}
