package dev.containertui.rootfs;

import dev.containertui.ext4.FileName;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files that a layer brings, changes and hides, in the order of the archive. Directories that
 * were there before and only lead to something else are left out.
 *
 * @param complete false if there are more than were asked for
 */
public record LayerFiles(List<LayerFile> files, boolean complete) {
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  public LayerFiles {
    files = List.copyOf(files);
  }

  /**
   * Reads the last of some layers; those below it too, because what it changes is told by them.
   *
   * @param blobs compressed or not, base first
   * @param max how many files are kept
   * @throws LayerException if one is damaged or beyond {@code limits}
   */
  public static LayerFiles read(List<Path> blobs, int max, UnpackLimits limits) throws IOException {
    Reading reading = new Reading(max, limits);
    for (Path blob : blobs.subList(0, blobs.size() - 1)) {
      reading.read(blob, false);
    }
    reading.read(blobs.getLast(), true);
    return new LayerFiles(reading.found, reading.complete);
  }

  private static final class Reading {
    /** What is there below the layer that is read; the value tells directories. */
    private final NavigableMap<String, Boolean> below = new TreeMap<>();

    private final UnpackLimits limits;
    private long members;

    private final int max;
    private final List<LayerFile> found = new ArrayList<>();
    private boolean complete = true;

    Reading(int max, UnpackLimits limits) {
      this.max = max;
      this.limits = limits;
    }

    void read(Path blob, boolean wanted) throws IOException {
      NavigableMap<String, Boolean> own = new TreeMap<>();
      // One measure for all layers: what they hold is kept together.
      UnpackLimits left =
          new UnpackLimits(limits.uncompressedBytes(), Math.max(0, limits.entries() - members));
      try (InputStream in = new BufferedInputStream(Files.newInputStream(blob), 1 << 16);
          ArchiveReader reader = new ArchiveReader(in, left)) {
        for (ArchiveReader.Member m = reader.next(); m != null; m = reader.next()) {
          members++;
          if (!m.names().isEmpty()) {
            take(m, own, wanted);
          }
        }
      }
      below.putAll(own);
    }

    private void take(
        ArchiveReader.Member member, NavigableMap<String, Boolean> own, boolean wanted) {
      List<FileName> names = member.names();
      String name = names.getLast().toString();
      String directory = path(names.subList(0, names.size() - 1));
      if (name.equals(OPAQUE)) {
        // It speaks of the layers below only, wherever in the archive it stands.
        below.subMap(directory + "/", directory + "0").clear();
        keep(wanted, hides(directory, LayerFile.Effect.EMPTIED));
      } else if (name.startsWith(WHITEOUT)) {
        String hidden = directory + "/" + name.substring(WHITEOUT.length());
        forget(hidden);
        keep(wanted, hides(hidden, LayerFile.Effect.HIDDEN));
      } else {
        String path = path(names);
        boolean isDirectory = member.entry().type() == TarEntry.Type.DIRECTORY;
        Boolean before = below.get(path);
        own.put(path, isDirectory);
        if (before == null || !(before && isDirectory)) {
          LayerFile.Effect effect =
              before == null ? LayerFile.Effect.ADDED : LayerFile.Effect.CHANGED;
          keep(wanted, brings(path, effect, member.entry()));
        }
      }
    }

    private void forget(String path) {
      below.remove(path);
      below.subMap(path + "/", path + "0").clear(); // '0' follows '/'
    }

    private void keep(boolean wanted, LayerFile file) {
      if (wanted && found.size() < max) {
        found.add(file);
      } else if (wanted) {
        complete = false;
      }
    }

    private static LayerFile hides(String path, LayerFile.Effect effect) {
      String shown = path.isEmpty() ? "/" : path;
      return new LayerFile(shown, effect, Optional.empty(), 0, 0, Optional.empty());
    }

    private static LayerFile brings(String path, LayerFile.Effect effect, TarEntry entry) {
      boolean link =
          entry.type() == TarEntry.Type.SYMLINK || entry.type() == TarEntry.Type.HARD_LINK;
      return new LayerFile(
          path,
          effect,
          Optional.of(entry.type()),
          entry.permissions(),
          entry.sizeBytes(),
          link ? Optional.of(FileName.printable(entry.linkTarget())) : Optional.empty());
    }

    /** Empty for the root. */
    private static String path(List<FileName> names) {
      StringBuilder path = new StringBuilder();
      names.forEach(n -> path.append('/').append(n));
      return path.toString();
    }
  }
}
