package dev.containertui.files;

import dev.containertui.ext4.FileType;
import dev.containertui.ext4.Stat;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Writes files of a container into an archive; further names of one become hard links. */
final class ArchiveMembers {
  private final OverlayView view;
  private final TarWriter tar;
  private final Map<OverlayFile.Identity, byte[]> firstNames = new HashMap<>();

  ArchiveMembers(OverlayView view, TarWriter tar) {
    this.view = view;
    this.tar = tar;
  }

  /** Sockets are left out: they mean nothing without who listens. */
  void add(byte[] name, OverlayFile file) throws IOException {
    Stat stat = file.stat();
    if (stat.type() == FileType.SOCKET) {
      return;
    }
    if (stat.links() > 1 && stat.type() != FileType.DIRECTORY) {
      byte[] first = firstNames.putIfAbsent(file.identity(), name);
      if (first != null) {
        tar.hardLink(name, first, stat);
        return;
      }
    }
    if (stat.type() == FileType.FILE) {
      try (InputStream content = view.content(file)) {
        tar.member(name, stat);
        tar.content(content, stat.sizeBytes());
      }
    } else {
      tar.member(name, stat);
    }
  }
}
