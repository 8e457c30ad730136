package dev.containertui.files;

import dev.containertui.ext4.FileName;
import dev.containertui.ext4.ImagePath;
import java.util.List;

/**
 * Where the guest's init mounts its own (guest-init/PROTOCOL.md, section 6). If an image has
 * nothing there, init makes something to mount on; that is no change of the container's.
 */
final class MountPoints {
  private static final FileName ETC = FileName.of("etc");
  private static final List<FileName> IN_ROOT =
      List.of(FileName.of("dev"), FileName.of("proc"), FileName.of("sys"));
  private static final List<FileName> IN_ETC =
      List.of(FileName.of("hostname"), FileName.of("hosts"), FileName.of("resolv.conf"));

  private MountPoints() {}

  static boolean contain(ImagePath path) {
    return switch (path.names().size()) {
      case 1 -> IN_ROOT.contains(path.name());
      case 2 -> isParent(path.parent()) && IN_ETC.contains(path.name());
      default -> false;
    };
  }

  /** Whether some of them are files in this directory. */
  static boolean isParent(ImagePath path) {
    return path.names().size() == 1 && path.name().equals(ETC);
  }
}
